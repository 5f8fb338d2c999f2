// The assignment problem: rows to columns one to one with the largest total score (Hungarian method with potentials,
// O(rows^2 x columns)).

/**
 * @param scores [rows x columns], row by row, finite
 * @returns the column of every row, -1 where there are more rows than columns and the row goes without
 */
export function assign(scores: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) return transposed(scores, rows, columns);
  const result = new Int32Array(rows).fill(-1);
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1); // 1-based; 0 = free
  const previous = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const used = new Uint8Array(columns + 1);
    let column = 0;
    do {
      used[column] = 1;
      const from = rowOf[column];
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (used[j]) continue;
        const cost = -scores[(from - 1) * columns + j - 1] - rowPrice[from] - columnPrice[j];
        if (cost < slack[j]) {
          slack[j] = cost;
          previous[j] = column;
        }
        if (slack[j] < step) {
          step = slack[j];
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j]) {
          rowPrice[rowOf[j]] += step;
          columnPrice[j] -= step;
        } else {
          slack[j] -= step;
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }
  for (let j = 1; j <= columns; j++) if (rowOf[j] > 0) result[rowOf[j] - 1] = j - 1;
  return result;
}

function transposed(scores: Float64Array, rows: number, columns: number): Int32Array {
  const turned = new Float64Array(scores.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = scores[i * columns + j];
  const result = new Int32Array(rows).fill(-1);
  assign(turned, columns, rows).forEach((row, column) => { result[row] = column; });
  return result;
}

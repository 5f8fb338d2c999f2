// Sums over many pieces (runs) of a recording that lies as in its file, a row of int16 a sample: a run is a number of rows
// on end. Columns are taken in groups of eight; the last group may reach 14 bytes into what follows a row.

/** Four values from -8192 to 8191, as Neuropixels probes give them (10 to 14 bits), have a sum that is an int16. */
@inline const LEAST: i16 = -8192;
@inline const MOST: i16 = 8191;

/** 1 if four of the values from `from` to `end` (16 bytes at a time) can be added as int16, else 0. */
export function areSmall(from: usize, end: usize): i32 {
  let least = i16x8.splat(0), most = least;
  for (; from < end; from += 16) {
    const eight = v128.load(from);
    least = i16x8.min_s(least, eight);
    most = i16x8.max_s(most, eight);
  }
  return i32(!v128.any_true(v128.or(i16x8.lt_s(least, i16x8.splat(LEAST)), i16x8.gt_s(most, i16x8.splat(MOST)))));
}

/**
 * Adds runs of `rowCount` rows, each to what is kept of its cluster, all of it while the runs are in the processor's cache.
 * program: int32 number of clusters, then for each: int32 cluster, int32 number of runs, their byte offsets from `rows`.
 * traits: [cluster] int32 peak column, int32 number of disk groups, `groupCount` places for these groups.
 * sums: [cluster][row][group][8] int32, the even columns of a group first, then the odd ones.
 * squares: [cluster][group][8] double, of the disk's groups and the first `noiseRows` rows.
 * peaks: [run as in the program][row] int16, the values of the peak column.
 * small: four values can be added as int16.
 */
export function addRuns(
  program: usize, traits: usize, rows: usize, rowBytes: usize, groupCount: usize, rowCount: i32, noiseRows: i32,
  sums: usize, squares: usize, peaks: usize, small: i32,
): void {
  let clusters = load<i32>(program), at = program + 4;
  for (; clusters > 0; clusters--) {
    const cluster = load<usize>(at), runs = at + 8, end = runs + (load<usize>(at, 4) << 2);
    let sum = sums + cluster * groupCount * (<usize>rowCount << 5), row = rows;
    for (let r = 0; r < rowCount; r++, row += rowBytes) {
      let group = <usize>0, from = row;
      for (; group + 4 <= groupCount; group += 4, from += 64, sum += 128) addFourGroups(sum, from, runs, end, small);
      for (; group < groupCount; group++, from += 16, sum += 32) addGroup(sum, from, runs, end);
    }
    const trait = traits + cluster * (groupCount + 2 << 2), square = squares + cluster * (groupCount << 6);
    const disk = trait + 8, diskEnd = disk + (load<usize>(trait, 4) << 2);
    for (let place = disk; place < diskEnd; place += 4) {
      const group = load<usize>(place);
      squareRuns(square + (group << 6), rows + (group << 4), runs, end, rowBytes, noiseRows);
    }
    const peak = rows + (load<usize>(trait) << 1);
    for (let run = runs; run < end; run += 4) {
      let from = peak + load<u32>(run);
      for (let r = 0; r < rowCount; r++, from += rowBytes, peaks += 2) store<i16>(peaks, load<i16>(from));
    }
    at = end;
  }
}

// A product with 1 and 0 in turn takes one of two neighbours into an int32.

// @ts-ignore: decorator
@inline function plusEven(sum: v128, eight: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(eight, i32x4.splat(1)));
}

// @ts-ignore: decorator
@inline function plusOdd(sum: v128, eight: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(eight, i32x4.splat(0x10000)));
}

// @ts-ignore: decorator
@inline function four(a: usize, b: usize, c: usize, d: usize, offset: usize): v128 {
  return i16x8.add(i16x8.add(v128.load(a + offset), v128.load(b + offset)), i16x8.add(v128.load(c + offset), v128.load(d + offset)));
}

// @ts-ignore: decorator
@inline function addFourGroups(sum: usize, from: usize, runs: usize, end: usize, small: i32): void {
  let a = v128.load(sum), b = v128.load(sum, 16), c = v128.load(sum, 32), d = v128.load(sum, 48);
  let e = v128.load(sum, 64), f = v128.load(sum, 80), g = v128.load(sum, 96), h = v128.load(sum, 112);
  let run = runs;
  if (small) {
    for (; run + 16 <= end; run += 16) {
      const p = from + load<u32>(run), q = from + load<u32>(run, 4), r = from + load<u32>(run, 8), s = from + load<u32>(run, 12);
      let eight = four(p, q, r, s, 0);
      a = plusEven(a, eight);
      b = plusOdd(b, eight);
      eight = four(p, q, r, s, 16);
      c = plusEven(c, eight);
      d = plusOdd(d, eight);
      eight = four(p, q, r, s, 32);
      e = plusEven(e, eight);
      f = plusOdd(f, eight);
      eight = four(p, q, r, s, 48);
      g = plusEven(g, eight);
      h = plusOdd(h, eight);
    }
  }
  for (; run < end; run += 4) {
    const at = from + load<u32>(run);
    let eight = v128.load(at);
    a = plusEven(a, eight);
    b = plusOdd(b, eight);
    eight = v128.load(at, 16);
    c = plusEven(c, eight);
    d = plusOdd(d, eight);
    eight = v128.load(at, 32);
    e = plusEven(e, eight);
    f = plusOdd(f, eight);
    eight = v128.load(at, 48);
    g = plusEven(g, eight);
    h = plusOdd(h, eight);
  }
  v128.store(sum, a); v128.store(sum, b, 16); v128.store(sum, c, 32); v128.store(sum, d, 48);
  v128.store(sum, e, 64); v128.store(sum, f, 80); v128.store(sum, g, 96); v128.store(sum, h, 112);
}

// @ts-ignore: decorator
@inline function addGroup(sum: usize, from: usize, runs: usize, end: usize): void {
  let a = v128.load(sum), b = v128.load(sum, 16);
  for (let run = runs; run < end; run += 4) {
    const eight = v128.load(from + load<u32>(run));
    a = plusEven(a, eight);
    b = plusOdd(b, eight);
  }
  v128.store(sum, a);
  v128.store(sum, b, 16);
}

/** Adds to eight doubles, one a column, the squared values of `rowCount` rows of each run. */
function squareRuns(squares: usize, from: usize, runs: usize, end: usize, rowBytes: usize, rowCount: i32): void {
  let a = i64x2.splat(0), b = a, c = a, d = a;
  for (let run = runs; run < end; run += 4) {
    let at = from + load<u32>(run);
    for (let row = 0; row < rowCount; row++, at += rowBytes) {
      const eight = v128.load(at);
      const low = i32x4.extmul_low_i16x8_s(eight, eight), high = i32x4.extmul_high_i16x8_s(eight, eight);
      a = i64x2.add(a, i64x2.extend_low_i32x4_u(low));
      b = i64x2.add(b, i64x2.extend_high_i32x4_u(low));
      c = i64x2.add(c, i64x2.extend_low_i32x4_u(high));
      d = i64x2.add(d, i64x2.extend_high_i32x4_u(high));
    }
  }
  addDoubles(squares, a);
  addDoubles(squares + 16, b);
  addDoubles(squares + 32, c);
  addDoubles(squares + 48, d);
}

// @ts-ignore: decorator
@inline function addDoubles(to: usize, two: v128): void {
  store<f64>(to, load<f64>(to) + <f64>i64x2.extract_lane(two, 0));
  store<f64>(to, load<f64>(to, 8) + <f64>i64x2.extract_lane(two, 1), 8);
}

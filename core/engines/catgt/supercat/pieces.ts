// A joined binary as pieces to copy, which may be done in any order by any worker.

import type { PieceTask } from './joinTasks.ts';
import type { JoinedStream } from './plan.ts';

/** Bytes that a task copies: large enough to be worth a task, small enough to stop soon. */
const PIECE = 64 << 20;

/** The pieces fill the file `to` without gap or overlap. */
export function piecesOf({ placed, columns }: Pick<JoinedStream, 'placed' | 'columns'>, to: string, most = PIECE): PieceTask[] {
  const row = 2 * columns;
  return placed.flatMap(({ bin, start, count, out }) =>
    Array.from({ length: Math.ceil((count * row) / most) }, (_, piece) => {
      const skip = piece * most;
      return { from: bin, start: start * row + skip, bytes: Math.min(most, count * row - skip), to, at: out * row + skip };
    }),
  );
}

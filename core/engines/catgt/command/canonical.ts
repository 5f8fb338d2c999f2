// The command in canonical form: fixed order, defaults left out, numbers as `%g`. It goes into the log and, in angle
// brackets, into every output meta.

import type { CatGTOptions } from './options.ts';
import { optionTable } from './optionTable.ts';

/** `CatGT -dir=... -run=... -g=0 -t=0,2 ...`. */
export function canonicalCommand(options: CatGTOptions): string {
  return ['CatGT', ...optionTable.flatMap((entry) => entry.print(options))].join(' ');
}

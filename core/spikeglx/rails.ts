// The lowest and the highest value a converter can give: where a signal that is too large is cut off.

import { InputFileError } from '../common/index.ts';
import { metaNumber } from './meta.ts';
import type { Meta } from './meta.ts';
import type { StreamKind } from './names.ts';
import { findProbeFacts } from './probes.ts';

export interface Rails {
  /** Counts. */
  readonly low: number;
  readonly high: number;
}

/** -512 and 511 for a converter of 10 bits. Throws InputFileError when neither the meta nor the probe table tells. */
export function converterRails(meta: Meta, kind: StreamKind): Rails {
  const maxInt = largestCount(meta, kind);
  if (maxInt === undefined || !(maxInt > 0)) throw new InputFileError(meta.path, "does not tell the range of its values: no 'imMaxInt', and the probe is not known");
  return { low: -maxInt, high: maxInt - 1 };
}

function largestCount(meta: Meta, kind: StreamKind): number | undefined {
  switch (kind) {
    case 'nidq': return metaNumber(meta, 'niMaxInt') ?? 32768;
    case 'obx': return metaNumber(meta, 'obMaxInt') ?? 32768;
    default: return metaNumber(meta, 'imMaxInt') ?? findProbeFacts(meta)?.maxInt;
  }
}

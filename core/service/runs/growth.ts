// Which runs are being written: a file that is larger than at the look before, or that was not closed and was written to
// just now.

import type { RunFacts } from '../../spikeglx/index.ts';

/** After it last grew a run is taken to be growing for this long, ms. */
const lasting = 15_000;

export interface Growth {
  /** `now` in ms since 1970. */
  isGrowing(facts: RunFacts, now: number): boolean;
}

export function openGrowth(): Growth {
  const sizes = new Map<string, { readonly bytes: number; readonly grewAt: number }>();
  return {
    isGrowing({ run, files, known }, now) {
      if (!known) return false;
      let grewAt = -Infinity;
      for (const { path, bytes } of files) {
        const before = sizes.get(path);
        const at = before && bytes > before.bytes && before.bytes > 0 ? now : (before?.grewAt ?? -Infinity);
        sizes.set(path, { bytes, grewAt: at });
        grewAt = Math.max(grewAt, at);
      }
      return now - grewAt < lasting || run.health.some(({ code }) => code === 'recording');
    },
  };
}

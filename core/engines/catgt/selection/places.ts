// On which shank and in which row a probe's channels look, from the imro table: what -sepShanks and -maxZ go by.

import { InputFileError } from '../../../common/index.ts';
import { geometry, imroTable, type Meta, type ProbeFacts } from '../../../spikeglx/index.ts';

export interface Place {
  readonly shank: number;
  /** From the tip, 0-based. */
  readonly row: number;
}

/** The switchable ultra-dense probe, whose imro table tells of groups of channels instead of channels. */
const GROUPED_TYPE = 1110;

/**
 * The place of a column that shows AP channel `channel` (LF columns: that of the same site). Throws InputFileError when
 * the meta lacks what tells it.
 */
export function placeOf(meta: Meta, probe: ProbeFacts): (column: number, channel: number) => Place {
  if (probe.type === GROUPED_TYPE) return placeInMap(meta, probe);
  const entries = new Map(imroTable(meta)?.entries.map((entry) => [entry[0], entry]));
  return (_column, channel) => {
    const entry = entries.get(channel);
    if (!entry) throw new InputFileError(meta.path, `'~imroTbl' has no entry for channel ${channel}, so its depth and shank are unknown`, { next: 'Leave out -maxZ and -sepShanks for this probe.' });
    return { shank: probe.shanks > 1 ? entry[1] : 0, row: Math.floor(electrodeOf(probe, entry) / probe.columns) };
  };
}

/** Probes with an LF band: `channel bank ..`, banks following one another along the shank; others name the electrode last. */
function electrodeOf(probe: ProbeFacts, entry: readonly number[]): number {
  return probe.acqLf > 0 ? entry[0] + probe.acqAp * entry[1] : entry[entry.length - 1];
}

function placeInMap(meta: Meta, probe: ProbeFacts): (column: number) => Place {
  const { sites } = geometry(meta);
  return (column) => {
    const { shank, row, y } = sites[column];
    return { shank, row: row ?? Math.round(y / probe.rowPitch) };
  };
}

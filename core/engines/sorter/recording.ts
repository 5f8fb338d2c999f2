// The recording as every task needs to see it: a plain record that crosses threads, made once from the meta.

import path from 'node:path';
import { InputFileError, ParameterError } from '../../common/index.ts';
import { fileLength, geometry, metaText, microvoltsPerCount, openBin, parseSglxName, readMeta, streamFacts } from '../../spikeglx/index.ts';
import type { Geometry, Meta } from '../../spikeglx/index.ts';
import type { SorterSettings } from './options.ts';

/** Sites that are sorted, in file order; positions in um, shanks side by side along x. */
export interface Sites {
  readonly count: number;
  readonly column: Int32Array;
  readonly shank: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly microvolts: Float64Array;
}

export interface Recording {
  readonly bin: string;
  readonly columns: number;
  readonly samples: number;
  readonly rate: number;
  /** Whether the sorter's own band-pass and median reference are applied. */
  readonly bandPass: boolean;
  readonly reference: boolean;
  /** Whether the file itself is already high-passed. */
  readonly highPassed: boolean;
  readonly sites: Sites;
}

/** Throws InputFileError (no meta, no geometry, no samples) and ParameterError (everything excluded). */
export async function openRecording(settings: SorterSettings): Promise<Recording> {
  const metaPath = settings.bin.replace(/\.bin$/, '.meta');
  const meta = await readMeta(metaPath);
  const name = parseSglxName(path.basename(settings.bin));
  const stream = name?.stream ?? { kind: 'ap' as const, index: 0 };
  const facts = streamFacts(meta, stream);
  const file = openBin(settings.bin, facts.columns);
  file.close();
  const { samples } = await fileLength(settings.bin, meta);
  if (samples < facts.rate) throw new InputFileError(settings.bin, 'is shorter than a second: nothing to sort');
  return {
    bin: settings.bin,
    columns: facts.columns,
    samples,
    rate: facts.rate,
    ...earlierSteps(meta, settings.preprocess),
    sites: usedSites(geometry(meta), microvoltsPerCount(meta, stream), settings.excludeChannels),
  };
}

/**
 * Which of our own preprocessing is to be done. CatGT leaves its command lines in the meta. 'auto' takes no second
 * reference, but band-passes even filtered files: they usually reach up to 9 kHz, and weak units come out better from
 * the sorter's own band (and files of rounded counts from any filter).
 */
function earlierSteps(meta: Meta, preprocess: SorterSettings['preprocess']): { bandPass: boolean; reference: boolean; highPassed: boolean } {
  const commands = [...meta.values.keys()].filter((key) => key.startsWith('catGTCmdline')).map((key) => metaText(meta, key)).join(' ');
  const highPassed = /-apfilter=/.test(commands);
  if (preprocess !== 'auto') return { bandPass: preprocess === 'full', reference: preprocess === 'full', highPassed: highPassed || preprocess === 'none' };
  return { bandPass: true, reference: !/-(gblcar|loccar|loccar_um|gbldmx)\b/.test(commands), highPassed };
}

/** The same sites without some of them (indices into `sites`). */
export function withoutSites(recording: Recording, dropped: ReadonlySet<number>): Recording {
  const kept = Array.from({ length: recording.sites.count }, (_, site) => site).filter((site) => !dropped.has(site));
  return { ...recording, sites: pick(recording.sites, kept) };
}

function pick(sites: Sites, kept: readonly number[]): Sites {
  return {
    count: kept.length,
    column: Int32Array.from(kept, (site) => sites.column[site]),
    shank: Int32Array.from(kept, (site) => sites.shank[site]),
    x: Float64Array.from(kept, (site) => sites.x[site]),
    y: Float64Array.from(kept, (site) => sites.y[site]),
    microvolts: Float64Array.from(kept, (site) => sites.microvolts[site]),
  };
}

function usedSites(map: Geometry, microvolts: Float64Array, excluded: readonly number[]): Sites {
  const all = map.sites.map((_, column) => column);
  const kept = all.filter((column) => map.sites[column].used && !excluded.includes(column));
  if (kept.length === 0) throw new ParameterError('excludeChannels leaves no channel to sort');
  const pitch = Number.isFinite(map.shankPitch) ? map.shankPitch : 0;
  return {
    count: kept.length,
    column: Int32Array.from(kept),
    shank: Int32Array.from(kept, (column) => map.sites[column].shank),
    x: Float64Array.from(kept, (column) => map.sites[column].x + pitch * map.sites[column].shank),
    y: Float64Array.from(kept, (column) => map.sites[column].y),
    microvolts: Float64Array.from(kept, (column) => microvolts[column]),
  };
}

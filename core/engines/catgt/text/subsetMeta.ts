// The meta of a file that holds some of its stream's columns.

import { editMeta, findProbeFacts, formatChannelList, metaCounts, metaNumber, metaText, savedChannels, type Meta } from '../../../spikeglx/index.ts';

/** Entries of a map, each in its parentheses. */
const ENTRY = /\([^()]*\)/g;

/**
 * `columns` ascending, neural ones first as in every file. `probesEnabled`: how many probes there seem to be, seen from
 * the index in the file's name.
 */
export function subsetMeta(source: Meta, columns: readonly number[], probesEnabled: number): Meta {
  const saved = savedChannels(source);
  const channels = columns.map((column) => saved[column]);
  const [ap = 0, lf = 0] = metaCounts(source, 'snsApLfSy') ?? [];
  const neural = columns.filter((column) => column < ap + lf);
  const counts = ap > 0 ? [neural.length, 0] : [0, neural.length];
  const sites = siteColumns(source, neural, ap + lf);
  return editMeta(source, {
    nSavedChans: columns.length,
    snsSaveChanSubset: formatChannelList(channels),
    snsApLfSy: [...counts, columns.length - neural.length].join(','),
    typeImEnabled: Math.max(metaNumber(source, 'typeImEnabled') ?? 0, probesEnabled),
    '~snsChanMap': keepNamed(metaText(source, '~snsChanMap'), new Set(channels)),
    '~snsGeomMap': keepEntries(metaText(source, '~snsGeomMap'), sites),
    '~snsShankMap': keepEntries(metaText(source, '~snsShankMap'), sites),
  });
}

/** Maps of sites have an entry per saved neural column; those of some programs one per acquired channel. */
function siteColumns(source: Meta, neural: readonly number[], count: number): ReadonlyMap<number, readonly number[]> {
  const saved = savedChannels(source);
  const acquired = findProbeFacts(source)?.acqAp ?? metaCounts(source, 'acqApLfSy')?.[0] ?? count;
  const acquiredSites = neural.map((column) => saved[column] % acquired);
  return new Map([[acquired, acquiredSites], [count, neural]]);
}

function keepEntries(map: string | undefined, sitesOf: ReadonlyMap<number, readonly number[]>): string | undefined {
  const [header = '', ...entries] = map?.match(ENTRY) ?? [];
  const kept = sitesOf.get(entries.length);
  return kept ? header + kept.map((entry) => entries[entry]).join('') : map;
}

/** Entries are `(AP3;3:7)`: name, acquisition channel, place on the screen. */
function keepNamed(map: string | undefined, channels: ReadonlySet<number>): string | undefined {
  const [header = '', ...entries] = map?.match(ENTRY) ?? [];
  return map && header + entries.filter((entry) => channels.has(Number(/;(\d+):/.exec(entry)?.[1]))).join('');
}

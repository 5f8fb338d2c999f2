// What a sorter must be told of a probe, in the terms of the field's pipeline (its `ephys_params`): sampling, scale,
// reference channels, and the pitches of the sites that were recorded.

import { InputFileError } from '../common/index.ts';
import { apGain } from './gains.ts';
import { geometry } from './geometry.ts';
import type { Site } from './geometry.ts';
import { imroTable } from './imro.ts';
import { metaCounts, metaNumber, metaText, requireNumber } from './meta.ts';
import type { Meta } from './meta.ts';
import { findProbeFacts } from './probes.ts';

export interface EphysParams {
  /** `3A`, `NP1` for type 0, else `NP` and the type number. */
  readonly probeType: string;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly nAp: number;
  readonly nSy: number;
  /** Microvolts per count of channel 0. */
  readonly uvPerBit: number;
  /** File columns whose site is not used: reference sites and sites that are switched off. */
  readonly referenceChannels: number[];
  /** um between rows and between columns on the shank with most sites; 0 where there is but one. */
  readonly vpitch: number;
  readonly hpitch: number;
  readonly nColumn: number;
  /** True when the meta tells positions in um. */
  readonly useGeom: boolean;
}

/** With `compat`, scale and pitches are found the way the reference pipeline does, its mistakes included. */
export function ephysParams(meta: Meta, options: { compat?: boolean } = {}): EphysParams {
  const compat = options.compat ?? false;
  const counts = metaCounts(meta, 'snsApLfSy');
  if (counts?.length !== 3) throw new InputFileError(meta.path, "needs 'snsApLfSy' with three counts");
  const { sites } = geometry(meta, { compat });
  const probeType = probeTypeName(meta);
  return {
    probeType,
    sampleRate: requireNumber(meta, 'imSampRate'),
    numChannels: requireNumber(meta, 'nSavedChans'),
    nAp: counts[0]!,
    nSy: counts[2]!,
    uvPerBit: compat ? referenceScale(meta, probeType) : scale(meta),
    referenceChannels: sites.flatMap((site, index) => (site.used ? [] : [index])),
    ...pitches(sites, probeType, compat),
    useGeom: metaText(meta, '~snsGeomMap') !== undefined,
  };
}

function probeTypeName(meta: Meta): string {
  const type = metaText(meta, 'imDatPrb_type');
  if (type === undefined) return '3A';
  return type === '0' ? 'NP1' : `NP${type}`;
}

/** 1e6 * Vmax / maxInt / gain of channel 0. */
function scale(meta: Meta): number {
  const facts = findProbeFacts(meta);
  const vmax = metaNumber(meta, 'imAiRangeMax') ?? facts?.vmax;
  const maxInt = metaNumber(meta, 'imMaxInt') ?? facts?.maxInt;
  if (vmax === undefined || maxInt === undefined) throw new InputFileError(meta.path, "does not tell the voltage range: no 'imAiRangeMax' or 'imMaxInt', and the probe is not known");
  return (1e6 * vmax) / maxInt / (metaNumber(meta, 'imChan0apGain') ?? apGain(meta));
}

/** Without imChan0apGain the reference knows 10-bit probes of 1.2 V and the first two 2.0 types only. */
function referenceScale(meta: Meta, probeType: string): number {
  const gain = metaNumber(meta, 'imChan0apGain');
  if (gain !== undefined) {
    const range = requireNumber(meta, 'imAiRangeMax') - requireNumber(meta, 'imAiRangeMin');
    return (1e6 * range) / gain / (2 * requireNumber(meta, 'imMaxInt'));
  }
  if (probeType === 'NP21' || probeType === 'NP24') return (1e6 * (1 / 80)) / 2 ** 14;
  const imro = imroTable(meta);
  const imroGain = probeType === 'NP1110' ? Number(imro?.header[3]) : imro?.entries[0]?.[3];
  if (!imroGain) throw new InputFileError(meta.path, "does not tell the gain: check '~imroTbl' and 'imChan0apGain'");
  return (1e6 * (1.2 / imroGain)) / 2 ** 10;
}

/** Staggered probes: four distinct x, but two columns of sites that are shifted in every other row. */
const staggeredPitch: Readonly<Record<string, number>> = { '3A': 32, NP1: 32, NP1200: 32, NP1210: 32, NP1020: 87, NP1021: 87, NP1030: 87, NP1031: 87 };

function pitches(sites: readonly Site[], probeType: string, compat: boolean): Pick<EphysParams, 'vpitch' | 'hpitch' | 'nColumn'> {
  const onShank = mostCommonGroup(sites, (site) => site.shank);
  const columns = distinct(onShank.map((site) => site.x));
  const staggered = staggeredPitch[probeType];
  if (staggered !== undefined && columns.length === 4) return { nColumn: 2, vpitch: 20, hpitch: staggered };
  const column = mostCommonGroup(onShank, (site) => site.x);
  return {
    nColumn: columns.length,
    vpitch: typicalDifference(column.map((site) => site.y).sort((a, b) => a - b), compat),
    hpitch: typicalDifference(columns, compat),
  };
}

/** The items of the commonest key; of the smallest such key on a tie. */
function mostCommonGroup<Item>(items: readonly Item[], keyOf: (item: Item) => number): Item[] {
  const groups = distinct(items.map(keyOf)).map((key) => items.filter((item) => keyOf(item) === key));
  return groups.reduce((best, group) => (group.length > best.length ? group : best), []);
}

/**
 * The most frequent difference of ascending values (the smallest on a tie), 0 when there is none. The reference takes
 * its place among the distinct differences for its place in the list: the same for regular layouts.
 */
function typicalDifference(ascending: readonly number[], compat: boolean): number {
  const differences = ascending.slice(1).map((value, index) => value - ascending[index]!);
  if (differences.length === 0) return 0;
  const typical = mostCommonGroup(differences, (difference) => difference)[0]!;
  return compat ? differences[distinct(differences).indexOf(typical)]! : typical;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

// What is done to a stream's samples: from the options, the probe and its geometry to plain data that a worker can use.

import { InputFileError } from '../../../common/index.ts';
import type { ChainSpec } from '../../../signal/index.ts';
import { apGain, findProbeFacts, geometry, isNegated, metaNumber, muxRow, tshiftDivisor, type ProbeFacts, type Site } from '../../../spikeglx/index.ts';
import type { BandFilter, Car, CatGTOptions } from '../command/options.ts';
import type { StreamInput } from '../joining/plan.ts';
import type { Rebuilt, Withheld } from '../badChannels/index.ts';
import { columnsAbove } from '../selection/index.ts';

/** Quad-base probes have four SY words and are referenced shank by shank. */
const QUAD_BASE_TYPE = 2020;

export interface BiquadSpec {
  readonly high: number;
  readonly low: number;
  readonly maxInt: number;
}

export interface GfixSpec {
  /** Thresholds in counts. */
  readonly amp: number;
  readonly slope: number;
  readonly base: number;
  /** Channels that must be bad together: used columns of each group, and how many of them are enough. */
  readonly groups: readonly { readonly columns: readonly number[]; readonly enough: number }[];
  readonly maxInt: number;
  /** Extents are measured on 300 Hz high-passed data unless the stream already is (biquad high-pass). */
  readonly helperFilter: boolean;
}

export interface Processing {
  readonly chain: ChainSpec;
  /** Neither shift nor band-pass nor reference: samples are copied. */
  readonly plainCopy: boolean;
  readonly biquad?: BiquadSpec;
  readonly gfix?: GfixSpec;
  /** Early 3.0 probes: all neural values change sign on load. */
  readonly negate: boolean;
  /** AP->LF: one sample in so many is kept. */
  readonly keepEvery: number;
  /** Columns no reference or fix may use; for the geometry map in the output meta. */
  readonly excludedColumns: readonly number[];
  /** Columns that are written as a mean of others, and used by no reference or fix either. */
  readonly rebuilt: readonly Rebuilt[];
}

const nothingWithheld: Withheld = { excluded: [], rebuilt: [] };

/**
 * Everything a stream's samples go through. NI and OneBox streams are copied as they are.
 * @param withheld what a search for bad channels takes out of an AP stream
 */
export function processingOf(input: StreamInput, options: CatGTOptions, { excluded, rebuilt } = nothingWithheld): Processing {
  const { facts, stream, fromAp, meta } = input;
  const neuralStream = stream.kind === 'ap' || stream.kind === 'lf';
  const filter = stream.kind === 'ap' ? options.apFilter : stream.kind === 'lf' ? options.lfFilter : undefined;
  const probe = neuralStream ? findProbeFacts(meta) : undefined;
  if (neuralStream && !probe) {
    throw new InputFileError(meta.path, `probe part number '${meta.values.get('imDatPrb_pn') ?? '(none)'}' is not in the probe table, so its ADC timing and gains are unknown`, { next: 'Update Aftergate, or process this probe elsewhere.' });
  }
  const dataKind = fromAp || stream.kind === 'ap' ? 'ap' : 'lf';
  const excludedColumns = probe && stream.kind === 'ap' ? [...new Set([...excludedOf(input, options), ...excluded])].sort((a, b) => a - b) : [];
  const used = usedFlags(input, [...excludedColumns, ...rebuilt.map(({ column }) => column)], needsGeometry(stream.kind === 'ap', options));
  const shift = probe && options.tshift ? shiftOf(input, probe, dataKind, filter, options) : null;
  const band = filter?.type === 'butter' ? { order: filter.order, high: filter.high, low: filter.low } : null;
  const reference = probe && stream.kind === 'ap' && options.car ? referenceOf(input, probe, options.car, used) : null;

  return {
    chain: { columns: facts.columns, neural: facts.neural, rate: facts.rate, shift, band, reference, used, numerics: options.numerics },
    plainCopy: !shift && !band && !reference,
    biquad: probe && filter?.type === 'biquad' ? { high: filter.high, low: filter.low, maxInt: maxIntOf(input, probe) } : undefined,
    gfix: probe && stream.kind === 'ap' && options.gfix ? gfixOf(input, probe, options, used) : undefined,
    negate: probe !== undefined && isNegated(meta),
    keepEvery: fromAp ? options.ap2lfDownsample : 1,
    excludedColumns,
    rebuilt,
  };
}

function needsGeometry(isAp: boolean, options: CatGTOptions): boolean {
  return isAp && (options.car !== undefined || options.gfix !== undefined || options.badChannels !== undefined);
}

/** Columns of the acquisition channels that -chnexcl names for this probe, and those above its -maxZ. */
function excludedOf(input: StreamInput, options: CatGTOptions): number[] {
  const excluded = new Set(options.exclude.get(input.stream.index) ?? []);
  const above = new Set(columnsAbove(input, options));
  return neuralColumns(input).filter((column) => excluded.has(input.facts.channels[column]) || above.has(column));
}

function usedFlags(input: StreamInput, withoutColumns: readonly number[], fromGeometry: boolean): boolean[] {
  const sites = fromGeometry ? geometry(input.meta).sites : undefined;
  const without = new Set(withoutColumns);
  return neuralColumns(input).map((column) => (sites ? sites[column].used : true) && !without.has(column));
}

function shiftOf(input: StreamInput, probe: ProbeFacts, kind: 'ap' | 'lf', filter: BandFilter | undefined, options: CatGTOptions) {
  // Row 0 needs no shift; with a Butterworth filter the native tool advances it by one step.
  const rowZero = filter?.type === 'butter' && options.numerics === 'native' ? -1 : 0;
  const rows = neuralColumns(input).map((column) => muxRow(probe, neuralChannel(input, probe, column)) || rowZero);
  return { rows, divisor: tshiftDivisor(probe, kind) };
}

function referenceOf(input: StreamInput, probe: ProbeFacts, car: Car, used: readonly boolean[]): ChainSpec['reference'] {
  const { sites } = geometry(input.meta);
  const usedColumns = neuralColumns(input).filter((column) => used[column]);
  const shankOf = (column: number) => (probe.type === QUAD_BASE_TYPE ? sites[column].shank : 0);
  switch (car.kind) {
    case 'gblcar':
      return { kind: 'gblcar', sets: groupBy(usedColumns, shankOf) };
    case 'gbldmx':
      return { kind: 'gbldmx', sets: groupBy(usedColumns, (column) => shankOf(column) * 1000 + muxRow(probe, neuralChannel(input, probe, column))) };
    case 'loccar_um':
    case 'loccar': {
      const isNear = car.kind === 'loccar' ? inRingOfSites(input, car) : inRing(sites, car);
      const neighbours = neuralColumns(input).map((column) => {
        if (!used[column]) return [];
        return usedColumns.filter((other) => other !== column && sites[other].shank === sites[column].shank && isNear(column, other));
      });
      return { kind: 'loccar', neighbours };
    }
  }
}

type Ring = Pick<Extract<Car, { inner: number }>, 'inner' | 'outer'>;

function inRing(sites: readonly Site[], { inner, outer }: Ring): (a: number, b: number) => boolean {
  return (a, b) => {
    const distance = (sites[a].x - sites[b].x) ** 2 + (sites[a].y - sites[b].y) ** 2;
    return distance > inner ** 2 && distance <= outer ** 2;
  };
}

/** A square ring, counted in columns and rows of sites. */
function inRingOfSites({ meta }: StreamInput, { inner, outer }: Ring): (a: number, b: number) => boolean {
  const places = geometry(meta).sites.map(({ column, row }) => {
    if (column === undefined || row === undefined) throw new InputFileError(meta.path, "has no '~snsShankMap', so -loccar cannot count rows and columns of sites", { next: 'Use -loccar_um, which goes by um.' });
    return { column, row };
  });
  return (a, b) => {
    const distance = Math.max(Math.abs(places[a].column - places[b].column), Math.abs(places[a].row - places[b].row));
    return distance > inner && distance <= outer;
  };
}

/** Thresholds from mV to counts, groups of channels that are judged together. */
function gfixOf(input: StreamInput, probe: ProbeFacts, options: CatGTOptions, used: readonly boolean[]): GfixSpec {
  const { amp, slope, base } = options.gfix!;
  const maxInt = maxIntOf(input, probe);
  const countsPerMillivolt = (maxInt * apGain(input.meta)) / (1000 * probe.vmax);
  const columns = neuralColumns(input).filter((column) => used[column]);
  const groups = options.tshift ? [columns] : groupBy(columns, (column) => muxRow(probe, neuralChannel(input, probe, column)));
  return {
    amp: Math.trunc(amp * countsPerMillivolt),
    slope: Math.trunc(slope * countsPerMillivolt),
    base: Math.trunc(base * countsPerMillivolt),
    groups: groups.filter((group) => group.length > 0).map((group) => ({ columns: group, enough: 0.25 * group.length })),
    maxInt,
    helperFilter: !(options.apFilter?.type === 'biquad' && options.apFilter.high > 0),
  };
}

function maxIntOf(input: StreamInput, probe: ProbeFacts): number {
  return metaNumber(input.meta, 'imMaxInt') ?? probe.maxInt;
}

function neuralColumns(input: StreamInput): number[] {
  return Array.from({ length: input.facts.neural }, (_, column) => column);
}

/** Acquisition channel on the probe, counted from 0 for LF columns too (LF 384 is channel 0). */
function neuralChannel(input: StreamInput, probe: ProbeFacts, column: number): number {
  const channel = input.facts.channels[column];
  return channel >= probe.acqAp ? channel - probe.acqAp : channel;
}

/** In order of each group's first column. */
function groupBy(columns: readonly number[], key: (column: number) => number): number[][] {
  const groups = new Map<number, number[]>();
  for (const column of columns) {
    const group = groups.get(key(column));
    if (group) group.push(column);
    else groups.set(key(column), [column]);
  }
  return [...groups.values()];
}

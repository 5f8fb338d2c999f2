/** The facts of a probe that pass 1 depends on, by part number. */
import { parenthesised, text, type MetaValues } from './meta.ts';

export interface Probe {
  readonly type: number;
  readonly maxInt: number;
  /** Full scale in volts. */
  readonly vmax: number;
  readonly apGain: number;
  readonly acquiredAp: number;
  readonly hasLf: boolean;
  /** Number of multiplex rows: channels sampled one after another by one converter. */
  readonly rows: number;
}

interface Family extends Omit<Probe, 'type' | 'apGain'> {
  readonly partNumbers: RegExp;
  readonly type: number | 'as the part number';
  readonly gain: number | 'of the imro table';
}

const neuropixels1 = { maxInt: 512, vmax: 0.6, hasLf: true, rows: 12, gain: 'of the imro table' } as const;
const neuropixels2 = { hasLf: false, rows: 16, gain: 100 } as const;

const families: readonly Family[] = [
  { ...neuropixels1, partNumbers: /^(PRB_1_[24].*|NP1000|NP1001|NP101[0-7])$/, type: 0, acquiredAp: 384 },
  { ...neuropixels1, partNumbers: /^NP102[0-2]$/, type: 1020, acquiredAp: 384 },
  { ...neuropixels1, partNumbers: /^NP(103[0-3]|104[0-2]|105[01])$/, type: 1030, acquiredAp: 384 },
  { ...neuropixels1, partNumbers: /^NP(1100|1110|112[0-3]|1300)$/, type: 'as the part number', acquiredAp: 384 },
  { ...neuropixels1, partNumbers: /^NP(1200|1210|1221|3000)$/, type: 1200, acquiredAp: 128 },
  { ...neuropixels2, partNumbers: /^(PRB2_1.*|NP2000)$/, type: 21, maxInt: 8192, vmax: 0.5, gain: 80, acquiredAp: 384 },
  { ...neuropixels2, partNumbers: /^NP200[3-6]$/, type: 2003, maxInt: 2048, vmax: 0.62, acquiredAp: 384 },
  { ...neuropixels2, partNumbers: /^(PRB2_4.*|NP2010)$/, type: 24, maxInt: 8192, vmax: 0.5, gain: 80, acquiredAp: 384 },
  { ...neuropixels2, partNumbers: /^NP201[34]$/, type: 2013, maxInt: 2048, vmax: 0.62, acquiredAp: 384 },
  { ...neuropixels2, partNumbers: /^NP202[01]$/, type: 2020, maxInt: 2048, vmax: 0.62, acquiredAp: 1536 },
  { ...neuropixels2, partNumbers: /^NP301[01]$/, type: 3010, maxInt: 2048, vmax: 0.67, acquiredAp: 912 },
  { ...neuropixels2, partNumbers: /^NP302[0-4]$/, type: 3020, maxInt: 2048, vmax: 0.67, acquiredAp: 1536 },
];

export function probeOf(values: MetaValues): Probe {
  const { gain, type, ...facts } = familyOf(values);
  return {
    ...facts,
    type: type === 'as the part number' ? Number(text(values, 'imDatPrb_pn').slice(2)) : type,
    apGain: gain === 'of the imro table' ? imroGain(values) : gain,
  };
}

/** Multiplex row of an acquisition channel; LF channels share the row of their AP channel. */
export function muxRow(probe: Probe, channel: number): number {
  const apChannel = channel % probe.acquiredAp;
  if (probe.type === 1200) return rowsOf1200.findIndex((row) => row.includes(apChannel));
  return Math.floor(apChannel / 2) % probe.rows;
}

/** Samples are taken at multiples of 1/divisor of a sampling interval. */
export function tshiftDivisor(probe: Probe, kind: 'ap' | 'lf' | 'ap2lf'): number {
  return kind !== 'lf' && probe.hasLf ? probe.rows + 1 : probe.rows;
}

/** Early 3.0 probes deliver their voltages upside down. */
export function isInverted(values: MetaValues): boolean {
  return Number(values.get('imDatPrb_type') ?? 0) > 3000 && (values.get('imDatApi') ?? '') < '4.0.2';
}

function familyOf(values: MetaValues): Family {
  const partNumber = values.get('imDatPrb_pn');
  if (partNumber === undefined && values.has('imProbeOpt')) return { ...families[0], type: -3 };
  const family = families.find(({ partNumbers }) => partNumbers.test(partNumber ?? ''));
  if (!family) throw new Error(`unknown probe part number '${partNumber}'`);
  return family;
}

/** The AP gain stands in the fourth field of a channel's entry, for NP1110 of the header. */
function imroGain(values: MetaValues): number {
  const [header, first] = parenthesised(text(values, '~imroTbl'));
  const fields = values.get('imDatPrb_pn') === 'NP1110' ? header.split(',') : first.split(' ');
  return Number(fields[3]);
}

const rowsOf1200 = `
  84 11 85 5 74 10 56 112 46 121 39 127
  100 26 110 33 69 24 63 109 45 93 25 99
  87 0 82 6 71 15 53 117 43 122 42 116
  102 28 81 34 70 18 60 103 17 94 27 101
  73 1 86 7 68 16 50 106 40 123
  105 29 75 35 67 12 54 89 20 95
  76 2 83 8 65 13 47 118 49 124
  108 30 78 36 64 14 51 90 23 96
  79 3 80 9 62 114 44 119 52 125
  104 31 72 37 61 113 57 91 19 97
  88 4 77 21 59 111 41 120 55 126
  107 32 66 38 58 115 48 92 22 98`.trim().split('\n').map((row) => row.trim().split(' ').map(Number));

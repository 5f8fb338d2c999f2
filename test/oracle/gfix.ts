/** gfix: artefacts seen by many channels at once are found in the filtered data and edited out afterwards. */
import { biquad } from './biquad.ts';
import { blocksOf, sampleAt, type Block, type Column } from './blocks.ts';
import { groupBy } from './car.ts';
import { toCount, type Numerics } from './count.ts';
import type { StreamMeta } from './meta.ts';
import { muxRow, type Probe } from './probe.ts';

export interface GfixOptions {
  /** mV */
  readonly amp: number;
  /** mV per sample */
  readonly slope: number;
  /** mV */
  readonly base: number;
}

/** An artefact at output sample `key`, reaching `left` samples back and `right` samples on. */
export interface Artefact {
  readonly key: number;
  readonly left: number;
  readonly right: number;
}

export interface Edit {
  readonly left: number;
  readonly length: number;
}

/** One contiguous stretch: before and after the Fourier stage, one array per neural column. */
export interface FilteredStretch {
  readonly input: readonly Column[];
  readonly output: readonly Int16Array[];
  /** Output sample, fills included, at which the stretch begins. */
  readonly outStart: number;
}

export interface GfixSetting {
  readonly meta: StreamMeta;
  readonly probe: Probe;
  readonly used: readonly boolean[];
  readonly tshift: boolean;
  /** The data already passed a biquad high-pass, so the extent needs no helper filter. */
  readonly highPassed: boolean;
}

const blindStart = 120;
const lookBack = 160;
const window = 352;
const helperCorner = 300;
const badShare = 0.25;

export interface Detector {
  /** Stretches must come in order: the helper filter remembers. */
  scan(stretch: FilteredStretch): void;
  readonly found: ReadonlyMap<number, Artefact>;
}

export function gfixDetector(gfix: GfixOptions, setting: GfixSetting): Detector {
  const { meta, probe, used } = setting;
  const countsPerMillivolt = (probe.maxInt * probe.apGain) / (1000 * probe.vmax);
  const amp = Math.trunc(Math.abs(gfix.amp) * countsPerMillivolt);
  const slope = Math.trunc(Math.abs(gfix.slope) * countsPerMillivolt);
  const base = Math.trunc(gfix.base * countsPerMillivolt);
  const usedColumns = used.flatMap((flag, column) => (flag ? [column] : []));
  const groups = groupBy(usedColumns, (column) => (setting.tshift ? 0 : muxRow(probe, meta.channels[column])));
  const helpers = used.map(() => biquad('high', helperCorner, meta.rate, probe.maxInt));
  const found = new Map<number, Artefact>();

  const isBad = (values: Int16Array, index: number, block: Block): boolean => {
    const value = values[index];
    const step = index === block.start ? 0 : value - values[index - 1];
    return Math.abs(value) >= amp && (step < -slope || step >= slope);
  };

  const extentWindow = (stretch: FilteredStretch, block: Block, index: number): Int16Array[] => {
    const from = index - lookBack;
    const length = Math.min(window, block.inputEnd - from);
    return stretch.input.map((column, c) =>
      Int16Array.from({ length }, (_, i) => {
        const value = sampleAt(column, from + i);
        return setting.highPassed ? value : helpers[c].next(value);
      }),
    );
  };

  const scanSample = (stretch: FilteredStretch, block: Block, index: number): void => {
    let copy: Int16Array[] | undefined;
    for (const group of groups) {
      const bad = group.filter((column) => isBad(stretch.output[column], index, block));
      if (bad.length === 0 || bad.length < badShare * group.length) continue;
      copy ??= extentWindow(stretch, block, index);
      const peak = bad.reduce((a, b) => (Math.abs(stretch.output[b][index]) > Math.abs(stretch.output[a][index]) ? b : a));
      const extent = extentOf(copy[peak], stretch.output[peak][index] < 0, base);
      const inBlock = index - block.start;
      const key = stretch.outStart + block.start + inBlock - (inBlock % 2) + 1;
      found.set(key, { key, ...extent });
    }
  };

  return {
    found,
    scan(stretch) {
      for (const block of blocksOf(stretch.output[0].length)) {
        for (let index = block.start; index < block.start + block.count; index++) {
          if (stretch.outStart + index >= blindStart) scanSample(stretch, block, index);
        }
      }
    },
  };
}

/** How far an artefact peaking at `lookBack` reaches: back to the base line, on over zero to the other base line. */
function extentOf(copy: Int16Array, negative: boolean, base: number): { left: number; right: number } {
  const value = (i: number): number => (negative ? -copy[i] : copy[i]);
  const last = copy.length - 1;
  let left = lookBack;
  for (let i = lookBack - 1; i >= 0; i--) {
    if (value(i) <= base) {
      left = lookBack - i;
      break;
    }
  }
  let right = last - lookBack;
  for (let i = lookBack + 1; i <= last; i++) {
    if (value(i) < 0) {
      right = i - lookBack;
      break;
    }
  }
  for (let i = lookBack + right + 1; i <= last; i++) {
    if (value(i) >= -base) {
      right = i - lookBack;
      break;
    }
  }
  return { left, right };
}

/** Artefacts that touch become one edit; every edit is widened a little and kept within the file. */
export function editsOf(found: Iterable<Artefact>, samples: number): Edit[] {
  const artefacts = [...found].sort((a, b) => a.key - b.key);
  const edits: Edit[] = [];
  for (let i = 0; i < artefacts.length; ) {
    const first = artefacts[i].key;
    let left = first - artefacts[i].left;
    let right = first + artefacts[i].right;
    for (i++; i < artefacts.length && artefacts[i].key - artefacts[i].left <= right; i++) {
      left = Math.min(left, artefacts[i].key - artefacts[i].left);
      right = Math.max(right, artefacts[i].key + artefacts[i].right);
    }
    left = Math.max(Math.min(left, first - 2) - 1, 0);
    right = Math.min(Math.max(right, first + 6) + 1, samples - 1);
    edits.push({ left, length: Math.min(right - left + 1, 32767) });
  }
  return edits;
}

/** Draws a line through the inside of each edit, or zeroes it, in the neural columns. */
export function applyEdits(samples: Int16Array, meta: StreamMeta, edits: readonly Edit[], line: boolean, numerics: Numerics): void {
  for (const { left, length } of edits) {
    const steps = numerics === 'native' ? length : length - 1;
    for (let c = 0; c < meta.neural; c++) {
      const a = samples[left * meta.columns + c];
      const b = samples[(left + length - 1) * meta.columns + c];
      for (let i = 1; i <= length - 2; i++) {
        samples[(left + i) * meta.columns + c] = line ? toCount(a + (i / steps) * (b - a), numerics) : 0;
      }
    }
  }
}

// What each line of a gate does: levels and pulses of analog words, edges of every bit of digital ones.

import { createScanner, type PulseExtraction } from '../../engines/catgt/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { levelFacts, type LevelFacts } from './analogLevels.ts';
import { BLOCK, LEVELS, readCondensed } from './condensed.ts';
import { anyWidth, scanRuns } from './preview.ts';
import { propose, type Proposal } from './proposals.ts';
import type { LineSource } from './source.ts';
import { type BitFacts, createWordCounter, type Train, trainOf } from './trains.ts';
import { readRows, walk } from './walk.ts';
import type { LineWord } from '../../spikeglx/index.ts';

/** Where auto sync looks, if in this stream. */
export interface SyncLine {
  readonly word: number;
  /** Absent: an analog word. */
  readonly bit?: number;
  readonly ms: number;
}

export interface SurveyTask {
  readonly source: LineSource;
  readonly word: number;
  readonly sync: SyncLine | null;
}

export interface AnalogFacts extends LevelFacts {
  readonly min: number;
  readonly max: number;
  readonly noise: number;
  readonly train: Train | null;
  /** Rests high: its pulses point down. */
  readonly inverted: boolean;
}

export interface WordFacts {
  readonly analog: AnalogFacts | null;
  readonly bits: readonly BitFacts[];
  /** Of digital words: changes that bits b and b + 1 share, and changes of each bit. */
  readonly together: readonly number[];
  readonly changes: readonly number[];
}

export interface SurveyedWord extends WordFacts {
  readonly word: number;
  readonly text: string;
  readonly proposals: readonly Proposal[];
}

/** Samples in a row for the survey's own pulses: CatGT's default. */
const IN_A_ROW = 5;

export function surveyWord(task: SurveyTask): SurveyedWord {
  const { source, word } = task;
  const described = source.words.find((each) => each.word === word)!;
  const facts = described.kind === 'analog' ? analogWord(source, described) : digitalWord(source, word);
  return { word, ...facts, ...propose(task, described, facts) };
}

function digitalWord(source: LineSource, word: number): WordFacts {
  const counter = createWordCounter(word, source.columns, source.rate, 0);
  walk(source, word, { levelOf: (lo, hi) => (lo === hi ? lo : undefined), ...counter });
  return { analog: null, ...counter.finish() };
}

function analogWord(source: LineSource, { word }: LineWord): WordFacts {
  const index = source.words.findIndex((each) => each.word === word);
  const occurs = new Uint32Array(LEVELS);
  let [min, max] = [32767, -32768];
  for (const file of source.files) {
    const condensed = readCondensed(source, file);
    condensed.levels[index].forEach((count, level) => (occurs[level] += count));
    for (const value of condensed.lo[index]) if (value < min) min = value;
    for (const value of condensed.hi[index]) if (value > max) max = value;
  }
  const noise = noiseOf(source, word);
  const levels = levelFacts(occurs, noise);
  const inverted = levels.threshold !== null && levels.median > levels.threshold;
  return { analog: { ...levels, min, max, noise, inverted, train: levels.threshold === null ? null : trainAt(source, word, levels.threshold, inverted) }, bits: [], together: [], changes: [] };
}

/** Pulses beyond the threshold, however wide. */
function trainAt(source: LineSource, word: number, threshold: number, inverted: boolean): Train {
  const extraction: PulseExtraction = anyWidth({ kind: inverted ? 'xia' : 'xa', column: word, inARow: IN_A_ROW, signal: { threshold: Math.round(threshold) }, timesSuffix: '', automatic: false, rank: 0 });
  const periods: number[] = [];
  const widths: number[] = [];
  let last = NaN;
  let high = 0;
  let edges = 0;
  const scanner = createScanner(extraction, (fate, on, off) => {
    if (fate !== 'accepted') return;
    edges++;
    if (on > last && periods.length < 20_000) periods.push(on - last);
    if (widths.length < 20_000) widths.push(off - on);
    high += off - on;
    last = on;
  });
  scanRuns(source, extraction, (runs, rows, out) => scanner.feed(runs, rows, out));
  scanner.finish();
  return trainOf(edges, periods, widths, high, source.covered, source.rate);
}

const SPOTS = 100;

/** Median over many spots of the standard deviation within a block, counts. */
function noiseOf(source: LineSource, word: number): number {
  const deviations: number[] = [];
  source.segments.forEach((segment) => {
    const spots = Math.max(1, Math.round((SPOTS * segment.count) / source.covered));
    const bin = openBin(source.files[segment.file].bin, source.columns);
    try {
      for (let spot = 0; spot < spots; spot++) {
        const rows = Math.min(BLOCK, segment.count);
        const samples = readRows(bin, segment.start + Math.floor(((spot + 0.5) / spots) * (segment.count - rows)), rows);
        let [sum, squares] = [0, 0];
        for (let at = word; at < samples.length; at += source.columns) {
          sum += samples[at];
          squares += samples[at] ** 2;
        }
        deviations.push(Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2)));
      }
    } finally {
      bin.close();
    }
  });
  return Float64Array.from(deviations).sort()[deviations.length >> 1] ?? 0;
}

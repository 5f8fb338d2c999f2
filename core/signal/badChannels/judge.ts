// From the figures of many snippets to one label per channel: dead, noisy, outside the brain, or good. After IBL's
// description (see snippet.ts); where it was made for one shank of neighbouring columns, ours goes by shank and depth.

import { median } from '../../common/sorted/index.ts';
import { LEAST_CHANNELS, type SnippetFigures } from './snippet.ts';

/** `unused`: a reference site, a channel that is switched off or was left out beforehand; it is not judged. */
export type ChannelLabel = 'good' | 'dead' | 'noisy' | 'outside' | 'unused';

export interface ChannelPlace {
  readonly shank: number;
  readonly x_um: number;
  readonly y_um: number;
}

export interface ChannelVerdict {
  readonly label: ChannelLabel;
  /** Similarity with the median over channels minus that of its neighbours (see judgeChannels); the median over snippets. */
  readonly similarity: number;
  /** Similarity of its neighbourhood above 300 Hz, minus 1; the median over snippets. */
  readonly neighbourhood: number;
  /** Mean power density above 80 % of half the sampling rate, uV^2/Hz; the median over snippets. */
  readonly hf_uV2Hz: number;
  /** Why figures are missing; '' when none are. */
  readonly reason: string;
}

/** Less similar than its neighbours by this much: dead. More similar by this much: noisy. */
const DEAD_BELOW = -0.5;
const NOISY_ABOVE = 1;
const OUTSIDE_BELOW = -0.75;
/** Power density above 80 % of half the sampling rate, uV^2/Hz. */
const HF_LIMIT = { ap: 0.02, lf: 1.4 };
/** A probe may be louder than those the limit was made for: only what is louder than its other channels is noisy. */
const TIMES_MEDIAN = 3;
/** Channels of the running median along the shank. */
const WINDOW = 11;

export interface Judged {
  readonly snippets: readonly SnippetFigures[];
  readonly places: readonly ChannelPlace[];
  readonly used: readonly boolean[];
  readonly band: 'ap' | 'lf';
}

/**
 * Every snippet labels each channel, and the commonest label counts (of equally common ones the mildest). In a snippet,
 * the neighbours of a channel are the 11 nearest in order of height on its shank, itself among them, and stand for one
 * value by their median; a shank of fewer than 5 channels is held against the whole probe. Dead: a constant value, or less
 * similar than the neighbours by 0.5. Noisy: loud at high frequencies, or more similar by 1. Outside: an unbroken row
 * from the top of a shank whose neighbours resemble the median above 300 Hz by less than 0.25.
 */
export function judgeChannels({ snippets, places, used, band }: Judged): ChannelVerdict[] {
  const shanks = shanksOf(places, used);
  const usable = snippets.filter((snippet) => used.some((isUsed, column) => isUsed && !snippet.constant[column]));
  // A recording of nothing but constant values has dead channels; otherwise such a snippet is a hole in the recording.
  const judged = (usable.length > 0 ? usable : snippets).map((snippet) => judgeSnippet(snippet, shanks, used, band));
  return places.map((_, column) => {
    if (!used[column]) return { label: 'unused', similarity: NaN, neighbourhood: NaN, hf_uV2Hz: NaN, reason: 'not in use' };
    const figure = (read: (snippet: JudgedSnippet) => Float64Array) => medianOf(judged.map((snippet) => read(snippet)[column]));
    const similarity = figure((snippet) => snippet.similarity);
    return {
      label: commonest(judged.map(({ labels }) => labels[column])),
      similarity,
      neighbourhood: figure((snippet) => snippet.neighbourhood),
      hf_uV2Hz: figure((snippet) => snippet.hf_uV2Hz),
      reason: reasonOf(judged, column, similarity),
    };
  });
}

interface JudgedSnippet {
  readonly labels: readonly ChannelLabel[];
  readonly similarity: Float64Array;
  readonly neighbourhood: Float64Array;
  readonly hf_uV2Hz: Float64Array;
  readonly constant: Uint8Array;
}

function judgeSnippet({ similarity, highSimilarity, hf_uV2Hz, constant }: SnippetFigures, shanks: readonly (readonly number[])[], used: readonly boolean[], band: 'ap' | 'lf'): JudgedSnippet {
  const living = shanks.map((shank) => shank.filter((column) => !constant[column]));
  const local = trendOf(similarity, living).map((trend, column) => similarity[column] - trend);
  const neighbourhood = trendOf(highSimilarity, living).map((trend) => trend - 1);
  const loud = Math.max(HF_LIMIT[band], TIMES_MEDIAN * medianOf(hf_uV2Hz.filter((_, column) => !constant[column])));
  const labels = used.map((isUsed, column): ChannelLabel => {
    if (!isUsed) return 'unused';
    if (constant[column]) return 'dead';
    if (hf_uV2Hz[column] > loud || local[column] > NOISY_ABOVE) return 'noisy';
    return local[column] < DEAD_BELOW ? 'dead' : 'good';
  });
  for (const shank of living) {
    for (let at = shank.length - 1; at >= 0 && neighbourhood[shank[at]] < OUTSIDE_BELOW; at--) {
      if (labels[shank[at]] === 'good') labels[shank[at]] = 'outside';
    }
  }
  return { labels, similarity: local, neighbourhood, hf_uV2Hz, constant };
}

/** Used columns of every shank, from the tip up. */
function shanksOf(places: readonly ChannelPlace[], used: readonly boolean[]): number[][] {
  const columns = [...places.keys()].filter((column) => used[column]);
  const shanks = [...new Set(columns.map((column) => places[column].shank))].sort((a, b) => a - b);
  const upwards = (a: number, b: number) => places[a].y_um - places[b].y_um || places[a].x_um - places[b].x_um || a - b;
  return shanks.map((shank) => columns.filter((column) => places[column].shank === shank).sort(upwards));
}

/** The running median along each shank; at its ends the window stays whole, so that an end is not its own neighbour only. */
function trendOf(values: Float64Array, shanks: readonly (readonly number[])[]): Float64Array {
  const trend = new Float64Array(values.length).fill(NaN);
  const ofProbe = medianOf(shanks.flat().map((column) => values[column]));
  for (const shank of shanks) {
    for (const [at, column] of shank.entries()) {
      const first = Math.max(0, Math.min(at - (WINDOW >> 1), shank.length - WINDOW));
      trend[column] = shank.length < LEAST_CHANNELS ? ofProbe : medianOf(shank.slice(first, first + WINDOW).map((near) => values[near]));
    }
  }
  return trend;
}

const mildestFirst: readonly ChannelLabel[] = ['good', 'outside', 'noisy', 'dead'];

function commonest(labels: readonly ChannelLabel[]): ChannelLabel {
  const times = (wanted: ChannelLabel) => labels.filter((label) => label === wanted).length;
  return mildestFirst.reduce((best, label) => (times(label) > times(best) ? label : best));
}

function reasonOf(judged: readonly JudgedSnippet[], column: number, similarity: number): string {
  if (judged.length === 0) return 'the recording is too short';
  if (judged.every(({ constant }) => constant[column])) return 'one value throughout';
  return Number.isNaN(similarity) ? `fewer than ${LEAST_CHANNELS} channels to compare` : '';
}

/** NaN values do not count; NaN without any others. */
function medianOf(values: ArrayLike<number>): number {
  return median(Float64Array.from(values).filter((value) => !Number.isNaN(value)));
}

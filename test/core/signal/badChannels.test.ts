// Bad channels of made-up probes: what every channel shares, its own noise, and channels that are dead, loud, or see
// little of what the others share.

import { describe, expect, test } from 'vitest';
import { type ChannelPlace, judgeChannels, measureSnippet } from '../../../core/signal/index.ts';
import { randomStream } from '../../../core/simulate/random.ts';

const RATE = 30000;
const ROWS = 4000;

interface Probe {
  readonly places: readonly ChannelPlace[];
  readonly dead?: readonly number[];
  readonly constant?: readonly number[];
  readonly noisy?: readonly number[];
  /** Channels that see hardly anything of what the others share. */
  readonly air?: readonly number[];
  readonly unused?: readonly number[];
  /** Standard deviation of every channel's own noise, uV. */
  readonly noise_uV?: number;
}

/** Two sites a row, 20 um apart, on each of `shanks` shanks; file columns go shank by shank. */
function places(perShank: number, shanks = 1): ChannelPlace[] {
  return Array.from({ length: perShank * shanks }, (_, column) => ({ shank: Math.floor(column / perShank), x_um: (column % 2) * 32, y_um: Math.floor((column % perShank) / 2) * 20 }));
}

/** One snippet in counts of 1 uV, the last column a SY word. */
function snippet({ places: sites, dead = [], constant = [], noisy = [], air = [], noise_uV = 5 }: Probe, seed: number): Int16Array {
  const columns = sites.length + 1;
  const draw = randomStream(seed, 'snippet').gaussian;
  const samples = new Int16Array(ROWS * columns);
  const own = sites.map((_, column) => (dead.includes(column) ? 1 : noisy.includes(column) ? 6 * noise_uV : noise_uV));
  for (let row = 0; row < ROWS; row++) {
    const common = 8 * draw() + 10 * Math.sin((2 * Math.PI * 50 * row) / RATE);
    sites.forEach((_, column) => {
      if (constant.includes(column)) return;
      const share = dead.includes(column) ? 0 : air.includes(column) ? 0.05 : 1;
      samples[row * columns + column] = Math.round(share * common + own[column] * draw());
    });
  }
  return samples;
}

function judge(probe: Probe, snippets = 3, band: 'ap' | 'lf' = 'ap') {
  const used = probe.places.map((_, column) => !probe.unused?.includes(column));
  const shared = { columns: used.length + 1, scale: new Float64Array(used.length).fill(1), used, rate: RATE };
  const figures = Array.from({ length: snippets }, (_, index) => measureSnippet({ ...shared, samples: snippet(probe, 100 + index) }));
  return judgeChannels({ snippets: figures, places: probe.places, used, band });
}

/** The columns by their label, good ones left out. */
function labelled(verdicts: ReturnType<typeof judge>) {
  const found: Record<string, number[]> = {};
  verdicts.forEach(({ label }, column) => label !== 'good' && (found[label] ??= []).push(column));
  return found;
}

describe('one shank', () => {
  test('a sound probe has no bad channels, quiet or loud', () => {
    expect(labelled(judge({ places: places(48) }))).toEqual({});
    // Every channel over 0.02 uV^2/Hz: none is noisier than the others.
    const loud = judge({ places: places(48), noise_uV: 20 });
    expect(loud.every(({ hf_uV2Hz }) => hf_uV2Hz > 0.02)).toBe(true);
    expect(labelled(loud)).toEqual({});
  });

  test('dead, constant and noisy channels are told apart, at the ends of the shank too', () => {
    const verdicts = judge({ places: places(48), dead: [0, 20, 47], constant: [30], noisy: [9] });
    expect(labelled(verdicts)).toEqual({ dead: [0, 20, 30, 47], noisy: [9] });
    expect(verdicts[20].similarity).toBeCloseTo(-1, 1);
    expect(verdicts[9].hf_uV2Hz).toBeCloseTo(900 / (RATE / 2), 1); // 30 uV over half the sampling rate
    expect(verdicts[30]).toMatchObject({ similarity: NaN, reason: 'one value throughout' });
  });

  test('outside is an unbroken row from the top only', () => {
    const top = Array.from({ length: 14 }, (_, index) => 34 + index);
    expect(labelled(judge({ places: places(48), air: top }))).toEqual({ outside: top });
    const middle = judge({ places: places(48), air: Array.from({ length: 14 }, (_, index) => 20 + index) });
    expect(labelled(middle).outside).toBeUndefined();
  });

  test('goes by depth, not by file column', () => {
    const reversed = places(48).reverse();
    const lowest = Array.from({ length: 14 }, (_, column) => column); // the first columns are the highest sites
    expect(labelled(judge({ places: reversed, air: lowest }))).toEqual({ outside: lowest });
  });

  test('reference sites are not judged', () => {
    const verdicts = judge({ places: places(48), unused: [10], dead: [10, 11] });
    expect(labelled(verdicts)).toEqual({ unused: [10], dead: [11] });
    expect(verdicts[10]).toMatchObject({ similarity: NaN, hf_uV2Hz: NaN, reason: 'not in use' });
  });

  test('LF has a limit of its own', () => {
    expect(labelled(judge({ places: places(48), noisy: [9] }, 3, 'lf'))).toEqual({});
  });
});

describe('four shanks', () => {
  test('each shank has its own neighbours and its own top', () => {
    const four = places(24, 4);
    const high = [1, 3].flatMap((shank) => Array.from({ length: 12 }, (_, index) => shank * 24 + 12 + index));
    expect(labelled(judge({ places: four, air: high, dead: [0, 50] }))).toEqual({ dead: [0, 50], outside: high });
    expect(labelled(judge({ places: four }))).toEqual({});
  });

  test('a shank wholly in the air is outside, though its channels resemble one another', () => {
    const whole = Array.from({ length: 24 }, (_, index) => 72 + index);
    expect(labelled(judge({ places: places(24, 4), air: whole }))).toEqual({ outside: whole });
  });

  test('a shank of two saved channels is held against the whole probe', () => {
    const few = [...places(24), { shank: 1, x_um: 0, y_um: 0 }, { shank: 1, x_um: 32, y_um: 0 }];
    expect(labelled(judge({ places: few, dead: [25] }))).toEqual({ dead: [25] });
  });
});

test('too few channels to compare: only constant and noisy ones are found, with the reason', () => {
  const verdicts = judge({ places: places(4), noisy: [1], constant: [3] });
  expect(labelled(verdicts)).toEqual({ noisy: [1], dead: [3] });
  expect(verdicts[0]).toMatchObject({ label: 'good', similarity: NaN, reason: 'fewer than 5 channels to compare' });
});

test('the commonest label of the snippets counts; a snippet of zeros is a hole in the recording and does not', () => {
  const probe = { places: places(24) };
  const used = probe.places.map(() => true);
  const shared = { columns: 25, scale: new Float64Array(24).fill(1), used, rate: RATE };
  const sound = measureSnippet({ ...shared, samples: snippet(probe, 1) });
  const broken = measureSnippet({ ...shared, samples: snippet({ ...probe, dead: [5] }, 2) });
  const zeros = measureSnippet({ ...shared, samples: new Int16Array(ROWS * 25) });
  const label = (snippets: readonly (typeof sound)[]) => judgeChannels({ snippets, places: probe.places, used, band: 'ap' })[5].label;
  expect(label([sound, broken, broken])).toBe('dead');
  expect(label([sound, broken])).toBe('good');
  expect(label([broken, zeros, zeros, zeros])).toBe('dead');
  expect(label([sound, zeros, zeros, zeros])).toBe('good');
  expect(label([zeros])).toBe('dead');
});

test('without any snippet nothing is said of any channel', () => {
  const verdicts = judge({ places: places(12) }, 0);
  expect(verdicts.every(({ label, similarity, reason }) => label === 'good' && Number.isNaN(similarity) && reason === 'the recording is too short')).toBe(true);
});

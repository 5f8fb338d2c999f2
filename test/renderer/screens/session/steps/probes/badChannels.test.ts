// What the probes step says of bad channels, and what it offers to leave out.

import { describe, expect, test } from 'vitest';
import type { ChannelClass, ProbeBadChannels } from '../../../../../../core/service/contract/index.ts';
import { acquired, lookedText, marksOf, markText, proposals } from '../../../../../../renderer/screens/session/steps/probes/badChannels.ts';

/** Channels from acquisition number 10 on, two a row of 20 um. */
function found(classes: readonly ChannelClass[], shankOf: (index: number) => number = () => 0): ProbeBadChannels {
  return {
    gate: 1, seconds: 8.75, snippets: 25,
    channels: classes.map((each, index) => ({ acq: 10 + index, column: index, shank: shankOf(index), z_um: 1000 + 20 * Math.floor(index / 2), class: each, similarity: each === 'dead' ? -1.016 : 0, hf_uV2Hz: each === 'noisy' ? 0.0424 : 0.002, reason: '' })),
  };
}

describe('offers', () => {
  const one = found(['good', 'dead', 'good', 'noisy', 'dead', 'good', 'outside', 'outside', 'outside', 'unused']);

  test('dead and noisy together, what is outside by its depth', () => {
    expect(proposals(one, [])).toEqual([
      { label: 'Exclude 3 dead and noisy', channels: [11, 14, 13] },
      { label: 'Exclude above 1,040 um (outside)', channels: [16, 17, 18] },
    ]);
  });

  test('nothing that is left out already', () => {
    expect(proposals(one, [11, 14, 16, 17, 18])).toEqual([{ label: 'Exclude 1 noisy', channels: [13] }]);
    expect(proposals(found(['good', 'good']), [])).toEqual([]);
  });

  test('by number where several shanks stick out', () => {
    const two = found(['good', 'good', 'outside', 'outside', 'good', 'good', 'outside', 'outside'], (index) => Math.floor(index / 4));
    expect(proposals(two, []).map(({ label }) => label)).toEqual(['Exclude 4 outside on 2 shanks']);
  });
});

test('lists, marks and words', () => {
  const one = found(['good', 'dead', 'noisy']);
  expect(acquired(one, 'dead', 'noisy')).toEqual([11, 12]);
  expect([...marksOf(one).keys()]).toEqual([11, 12]);
  expect(markText(one.channels[1])).toBe('dead (similarity -1, 0.002 uV2/Hz)');
  expect(lookedText(one)).toBe('Looked at 25 pieces of gate 1, 8.8 s together.');
  expect(lookedText({ ...one, snippets: 0 })).toBe('Gate 1 is too short to tell.');
});

// The arithmetic behind the pictures of the extraction step.

import { describe, expect, it } from 'vitest';
import { readExtractorText } from '../../../core/service/contract/index.ts';
import { ticks, within, zoomed } from '../../../renderer/components/canvas/timeScale.ts';
import { changeLabel, isOn, letterOf, lineOf, lineText, readLine } from '../../../renderer/screens/session/steps/extract/model.ts';
import { between, neighbour, trainBetween } from '../../../renderer/screens/session/steps/extract/pulses.ts';

const pulses = { on_s: Float64Array.of(1, 2, 3, 4), off_s: Float64Array.of(1.5, 2.1, NaN, 4.2), extremes_V: new Float64Array(4), verdicts: Uint8Array.of(0, 1, 0, 2), values: null, partial: false };

describe('pulses', () => {
  it('of a window include one that is still going on', () => {
    expect(between(pulses, 1.2, 3.5)).toEqual([0, 3]);
    expect(between(pulses, 1.6, 2)).toEqual([1, 1]);
  });

  it('are walked one by one, or the rejected only', () => {
    expect(neighbour(pulses, 1, true, false)).toBe(1);
    expect(neighbour(pulses, 2, true, true)).toBe(3);
    expect(neighbour(pulses, 4, false, true)).toBe(1);
    expect(neighbour(pulses, 4, true, false)).toBe(-1);
  });
});

describe('a bit between two times', () => {
  it('has rate, width and duty of what is seen', () => {
    const train = trainBetween(Float64Array.of(0.5, 1, 1.5, 2, 2.5, 3), false, 0.9, 2.9);
    expect(train).toMatchObject({ edges: 2, rate_Hz: 1, width_ms: 500 });
    expect(train.duty_pct).toBeCloseTo(50);
  });

  it('that is high all along has no pulse', () => {
    expect(trainBetween(Float64Array.of(0.5, 9), false, 1, 2)).toMatchObject({ edges: 0, rate_Hz: null, duty_pct: null });
  });
});

describe('a time window', () => {
  it('stays within the gate and keeps what is under the pointer', () => {
    expect(within({ from_s: -3, to_s: 7 }, 8)).toEqual({ from_s: 0, to_s: 8 });
    expect(zoomed({ from_s: 0, to_s: 10 }, 0.5, 4, 100, 0.001)).toEqual({ from_s: 2, to_s: 7 });
    expect(ticks(0, 10, 500, 100)).toEqual([0, 2, 4, 6, 8, 10]);
  });
});

describe('lines and extractors', () => {
  const fields = (text: string) => readExtractorText(text).fields!;
  it('belong together by stream, word and bit', () => {
    expect(isOn(fields('-xd=0,0,-1,2,0'), 'nidq', { word: 3, bits: [2, 2] }, 3)).toBe(true);
    expect(isOn(fields('-xd=0,0,-1,2,0'), 'obx0', { word: 3, bits: [2, 2] }, 3)).toBe(false);
    expect(isOn(fields('-bf=0,0,3,4,3,3'), 'nidq', { word: 3, bits: [6, 6] }, 3)).toBe(true);
    expect(isOn(fields('-bf=0,0,3,4,3,3'), 'nidq', { word: 3, bits: [7, 7] }, 3)).toBe(false);
  });

  it('have a place in the address and a letter', () => {
    const line = lineOf(fields('-bf=0,0,3,4,3,3'), 3);
    expect(lineText(line)).toBe('3.4-6');
    expect(readLine('3.4-6')).toEqual(line);
    expect([0, 25, 26].map(letterOf)).toEqual(['A', 'Z', 'A2']);
  });

  it('tell Undo what changed', () => {
    expect(changeLabel(fields('-xa=0,0,2,3,0,25'), fields('-xa=0,0,2,2.4,0,25'))).toBe('threshold 1 3 V to 2.4 V');
    expect(changeLabel(fields('-xa=0,0,2,3,0,25'), fields('-xa=0,0,2,3,0,25,6'))).toBe('tolerance 20 % to 6 ms');
  });
});

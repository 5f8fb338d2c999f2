import { describe, expect, it } from 'vitest';
import { progressMeter } from '../../../core/execution/stepProgress.ts';
import { step } from './modules.ts';

describe('progress', () => {
  const parts = { 'imec0.ap': 3, nidq: 1 };
  const steps = [step('', 'a', 1, { module: 'catGT_helper', seconds: 100, parts }), step('', 'b', 1, { module: 'catGT_helper', seconds: 200, parts })];

  it('adds up a step\'s streams by their shares, and tells speed and time left', () => {
    let ms = 0;
    const meter = progressMeter(steps, () => ms);
    meter.begin(steps[0]);
    ms = 5000;
    expect(meter.report(steps[0], { label: 'imec0.ap', done: 30, total: 90 })).toMatchObject({ step: 'a', fraction: 0.25, xRealTime: 5, secondsLeft: 15 });
    ms = 10_000;
    expect(meter.report(steps[0], { label: 'nidq', done: 10, total: 10 })).toMatchObject({ fraction: 0.5, xRealTime: 5, secondsLeft: 10 });
  });

  it('expects of later steps what earlier ones of the module took', () => {
    let ms = 0;
    const meter = progressMeter(steps, () => ms);
    meter.begin(steps[0]);
    ms = 50_000; // half the length of the recording
    meter.end(steps[0], true);
    meter.begin(steps[1]);
    const { total, secondsLeft } = meter.report(steps[1], { label: 'nidq', done: 0, total: 10 });
    expect(secondsLeft).toBe(100);
    expect(total).toEqual({ fraction: 1 / 3, secondsLeft: 100 });
  });

  it('never goes back', () => {
    let ms = 0;
    const meter = progressMeter(steps, () => ms);
    meter.begin(steps[0]);
    ms = 1000;
    const first = meter.report(steps[0], { label: 'imec0.ap', done: 90, total: 90 });
    ms = 60_000;
    const second = meter.report(steps[0], { label: 'imec0.ap', done: 45, total: 90 });
    expect(second.fraction).toBe(first.fraction);
    expect(second.total.fraction).toBeGreaterThanOrEqual(first.total.fraction);
  });
});

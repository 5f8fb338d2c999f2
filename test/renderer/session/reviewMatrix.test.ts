import { describe, expect, it } from 'vitest';
import type { Finding, PlannedModuleRun } from '../../../core/service/contract/index.ts';
import { matrixOf, runLabel } from '../../../renderer/screens/session/steps/review/matrix.ts';
import { placed } from '../../../renderer/screens/session/steps/review/placed.ts';
import { dayWord, nextTime } from '../../../renderer/screens/session/steps/review/startTime.ts';

const step = (module: string, gate: number, probe: number | null): PlannedModuleRun => ({
  id: `${gate} ${probe} ${module}`, run: 'm41', gate, probe, module, needs: [], state: 'new', est_s: 60, est_B: 0, command: '', engineCommand: null, inputJson: '',
});

describe('the matrix of a plan', () => {
  it('has a row per run and probe, and the modules in the order of work', () => {
    const { modules, rows } = matrixOf([step('catGT_helper', 0, null), step('quality_metrics', 0, 0), step('spike_sorter', 0, 0), step('tPrime_helper', 0, null), step('own_module', 1, 3)]);
    expect(modules).toEqual(['catGT_helper', 'spike_sorter', 'quality_metrics', 'tPrime_helper', 'own_module']);
    expect(rows.map(({ name, isRun, cells }) => [name, isRun, [...cells.keys()]])).toEqual([
      ['m41_g0', true, ['catGT_helper', 'tPrime_helper']],
      ['imec0', false, ['quality_metrics', 'spike_sorter']],
      ['m41_g1', true, []],
      ['imec3', false, ['own_module']],
    ]);
  });
});

it.each([
  [19, 0, 0, 'Run 19 steps', undefined],
  [19, 0, 2, 'Run with 2 warnings: 19 steps', undefined],
  [1, 0, 1, 'Run with 1 warning: 1 step', undefined],
  [19, 1, 2, 'Fix 1 stop first', 'Each stop above says how.'],
  [0, 0, 0, 'Nothing to run', 'Every step is done and still valid.'],
])('%i steps, %i stops and %i warnings: %s', (steps, stops, warnings, label, reason) => {
  expect(runLabel(steps, stops, warnings)).toEqual(reason === undefined ? { label } : { label, reason });
});

describe('a job that begins later', () => {
  const now = new Date(2026, 10, 19, 18, 59);

  it.each([['20:00', 19, 20], ['18:59', 20, 18], [' 6:05 ', 20, 6]])('%s is the next one there is', (text, day, hour) => {
    const at = nextTime(text, now)!;
    expect([at.getDate(), at.getHours()]).toEqual([day, hour]);
    expect(dayWord(at, now)).toBe(day === 19 ? 'today' : 'tomorrow');
  });

  it.each(['', '24:00', '20:60', '8pm', '20'])('%j is no time of day', (text) => expect(nextTime(text, now)).toBeUndefined());

  it('is said on the button', () => expect(runLabel(19, 0, 2, '20:00').label).toBe('Run with 2 warnings: 19 steps at 20:00'));
});

describe('a finding of the last check', () => {
  const finding: Finding = { id: 'tool-missing', severity: 'stop', text: 'MATLAB was not found.', where: { run: 'm41', gate: 0, probe: 1, step: 'sort' }, next: [{ label: 'Use the embedded sorter', patch: { ks_ver: 'ag' } }] };

  it('says where it is and leads to the step that mends it', () => {
    expect(placed(finding, 'd1')).toMatchObject({ text: 'm41 g0 imec1: MATLAB was not found.', next: [{ label: 'Use the embedded sorter' }, { label: 'Go to step 6', route: '/session/d1/sort' }] });
  });

  it('leads there once', () => {
    const next = [{ label: 'Choose a folder', route: '/session/d1/dest' }];
    expect(placed({ ...finding, where: { step: 'dest' }, next }, 'd1')).toMatchObject({ text: finding.text, next });
  });
});

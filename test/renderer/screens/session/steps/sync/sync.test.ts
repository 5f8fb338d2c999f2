// What the sync step says of a session and of the edges found in its runs.

import { describe, expect, test } from 'vitest';
import type { Finding, SyncStreamVerdict, SyncSurvey } from '../../../../../../core/service/contract/index.ts';
import { measuredPeriod, nominalPeriod, syncFindings } from '../../../../../../renderer/screens/session/steps/sync/checks.ts';
import { eventLines, streamOfName, syncName, tprimeNotation } from '../../../../../../renderer/screens/session/steps/sync/events.ts';

const stream = (name: string, more: Partial<SyncStreamVerdict> = {}): SyncStreamVerdict => ({
  stream: name, read_s: 240, whole: false, edges: 240, missing: [], extra: [], period_s: { min: 1, median: 0.999998, max: 1 }, any_period_s: 0.999998, meta_period_s: 1, ppm: null, verdict: 'ok', words: 'OK', ...more,
});
const survey = (...streams: SyncStreamVerdict[]): SyncSurvey => ({ runs: [{ runId: 'a', run: 'm41_d3', streams }] });
const session = { toStream_sync_params: 'imec0', sync_period: 1, ni_obx_extract_string: '-xa=0,0,2,3,4.5,25 -bf=0,0,3,4,3,3', catGT_cmd_string: '-prb_fld', runTPrime: true };

describe('findings', () => {
  const ids = (content: Record<string, unknown>, found?: SyncSurvey) => syncFindings({ ...session, ...content }, found, []).map(({ id, severity }) => `${severity} ${id}`);

  test('none when all is well, or when nothing is aligned', () => {
    expect(ids({}, survey(stream('nidq'), stream('imec0.ap')))).toEqual([]);
    expect(ids({ runTPrime: false }, survey(stream('nidq', { edges: 0, period_s: null }), stream('imec0.ap')))).toEqual([]);
  });

  test('a stream without edges stops; without the reference\'s, another one is offered', () => {
    expect(ids({}, survey(stream('imec0.ap'), stream('imec1.ap', { edges: 0, period_s: null, any_period_s: null })))).toEqual(['stop sync-missing']);
    const [found] = syncFindings(session, survey(stream('imec0.ap', { edges: 0, period_s: null, any_period_s: null }), stream('nidq')), []);
    expect(found.next).toEqual([{ label: 'Align to ni', patch: { toStream_sync_params: 'ni' } }]);
  });

  test('edges whose pulses CatGT would not take are told from none', () => {
    const [found] = syncFindings({ ...session, sync_period: 2 }, survey(stream('imec0.ap', { edges: 0, period_s: null, any_period_s: 2 }), stream('nidq', { edges: 0, period_s: null, any_period_s: 2 })), []);
    expect(found.text).toContain('edges every 2.000 s, but its meta says 1 s');
  });

  test('another period is offered', () => {
    const found = syncFindings({ ...session, sync_period: 2 }, survey(stream('nidq'), stream('imec0.ap')), []);
    expect(found).toMatchObject([{ id: 'sync-period', text: 'Edges come every 1.000 s but the period is set to 2 s.', next: [{ label: 'Use 1 s', patch: { sync_period: 1 } }] }]);
  });

  const checked = (id: string, step: Finding['where']['step'], next: Finding['next'] = []): Finding => ({ id, severity: 'warn', text: id, where: { step }, next });

  test('what preflight says of sync is said here too, without the way to where one is', () => {
    const toSync = { label: 'Go to Sync', route: '/session/d/sync' };
    const use = { label: 'Use imec0', patch: { toStream_sync_params: 'imec0' } };
    const found = syncFindings(session, undefined, [checked('sync-reference', 'sync', [use, toSync]), checked('zerofill-tprime', 'preprocess'), checked('car-no-highpass', 'preprocess')]);
    expect(found.map(({ id, next }) => [id, next])).toEqual([['sync-reference', [use]], ['zerofill-tprime', []]]);
  });

  test('what the edges say is not said a second time', () => {
    const found = syncFindings({ ...session, sync_period: 2 }, survey(stream('nidq'), stream('imec0.ap')), [checked('sync-period', 'sync')]);
    expect(found.map(({ text }) => text)).toEqual(['Edges come every 1.000 s but the period is set to 2 s.']);
  });
});

test('the period measured is the middle of the streams\', and rounds to what was set', () => {
  expect(measuredPeriod(survey(stream('nidq'), stream('imec0.ap')))).toBe(0.999998);
  expect(measuredPeriod(undefined)).toBeNull();
  expect(nominalPeriod(0.999998)).toBe(1);
});

test('extractors are events, with the names their user gave them', () => {
  expect(eventLines(session, { labels: { '-xa=0,0,2,3,4.5,25': 'photodiode' } })).toEqual([
    { text: '-xa=0,0,2,3,4.5,25', parameter: 'xa=0,0,2,3,4.5,25', stream: 'nidq', name: 'photodiode', isPulse: true },
    { text: '-bf=0,0,3,4,3,3', parameter: 'bf=0,0,3,4,3,3', stream: 'nidq', name: '-bf=0,0,3,4,3,3', isPulse: false },
  ]);
});

test('streams by the names of sessions and back', () => {
  for (const key of ['nidq', 'obx1', 'imec12.ap']) expect(streamOfName(syncName(key))).toBe(key);
  expect(streamOfName('nidq')).toBe('nidq');
  expect(streamOfName('')).toBeUndefined();
});

test('TPrime\'s command as far as it is known', () => {
  const text = tprimeNotation(session, ['nidq', 'imec0.ap', 'imec1.ap'], eventLines(session, {}));
  expect(text).toContain('TPrime -syncperiod=1.0 -tostream=..imec0.. -fromstream=0,..ni.. -fromstream=1,..imec1.. -events=0,..xa');
  expect(text).not.toContain('interp');
  expect(tprimeNotation({ ...session, tPrime_helper_params: { tprime_interp: true } }, ['nidq', 'imec0.ap'], [])).toMatch(/ -tprime_interp$/);
  expect(tprimeNotation(session, ['imec0.ap'], [])).toBe('one stream: nothing to align');
});

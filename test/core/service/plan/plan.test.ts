// A draft as it will be run: what is noticed, the plan, the names, where results may go.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DestinationPlan, Draft, Finding, PreflightReport, RunSummary, SessionPlan } from '../../../../core/service/contract/index.ts';
import { createService, type Service } from '../../../../core/service/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let root: string;
let service: Service;
let draft: Draft;

const ask = async <Answer>(name: string, input: object): Promise<Answer> => (await service.call(name, input)) as Answer;
const change = async (session: Readonly<Record<string, unknown>>) => {
  draft = await ask<Draft>('session.patch', { draftId: draft.draftId, rev: draft.rev, label: 'a change', session });
};

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  await quickRun(path.join(root, 'raw'), { name: 'night', seconds: 1, savedChannels: '0:7', probe: { units: { count: 1 } } });
  service = await createService({ profileFolder: path.join(root, 'profile'), roots: [root], workers: 1, now: () => Date.now() + 3_600_000 });
  await service.call('roots.add', { path: path.join(root, 'raw') });
  const runs = await ask<readonly RunSummary[]>('runs.list', {});
  draft = await ask<Draft>('session.create', { runIds: runs.map(({ runId }) => runId) });
});
afterAll(() => service.close());

describe('a draft', () => {
  it('is looked at again after every change, and findings lead to the step or mend it', async () => {
    await change({ sync_period: 2 });
    const findings = await ask<readonly Finding[]>('session.check', { draftId: draft.draftId });
    expect(findings.find(({ id }) => id === 'sync-period')).toMatchObject({ severity: 'warn', where: { run: 'night', runId: draft.runs[0].runId, step: 'sync' }, next: [{ label: 'Use 1 s', patch: { sync_period: 1 } }] });
    await change({ sync_period: 1, catGT_dest: null });
    const later = await ask<readonly Finding[]>('session.check', { draftId: draft.draftId });
    expect(later.map(({ id }) => id)).not.toContain('sync-period');
    expect(later.find(({ id }) => id === 'dest-missing')?.next).toEqual([{ label: 'Choose a folder', route: `/session/${draft.draftId}/dest` }]);
  });

  it('is looked at once for all who ask; who calls off the look takes it from nobody else', async () => {
    await change({ logName: 'look.csv' });
    const stop = new AbortController();
    const asked = service.call('preflight.run', { draftId: draft.draftId, depth: 'quick' }, { signal: stop.signal });
    const findings = ask<readonly Finding[]>('session.check', { draftId: draft.draftId });
    stop.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect((await findings).length).toBeGreaterThan(0);
  });

  it('says what a paper will say of it', async () => {
    const { text } = await ask<{ text: string }>('session.methods', { draftId: draft.draftId });
    expect(text).toMatch(/^Recordings \(1 run, 1 probe\) were processed with Aftergate/);
    expect(text).toContain('-gblcar');
    expect(text).toContain('Quality metrics were computed for every unit (refractory period 2 ms).');
  });

  it('gets a folder for results only where the user chose one, and it is remembered', async () => {
    const dest = path.join(root, 'sorted here');
    await change({ catGT_dest: dest });
    const refused = await ask<readonly Finding[]>('session.check', { draftId: draft.draftId });
    expect(refused.find(({ id }) => id === 'folder-not-chosen')).toMatchObject({ severity: 'stop', where: { step: 'dest' } });
    expect(await ask('dest.choose', { path: dest })).toEqual({ path: dest });
    await change({ logName: 'log.csv' });
    expect((await ask<readonly Finding[]>('session.check', { draftId: draft.draftId })).map(({ id }) => id)).not.toContain('folder-not-chosen');
    expect((await ask<{ values: Record<string, unknown> }>('profile.get', {})).values.destinations).toEqual([dest]);
    expect((await ask<{ write_MBps: number }>('dest.probe', { path: dest })).write_MBps).toBeGreaterThan(0);
    expect(await fs.readdir(dest), 'nothing is left of the measurement').toEqual([]);
    await expect(service.call('dest.probe', { path: path.dirname(root) })).rejects.toMatchObject({ tag: 'not-allowed' });
    await expect(service.call('dest.choose', { path: path.dirname(root) })).rejects.toMatchObject({ tag: 'not-allowed' });
  });

  it('has a plan with commands, JSON, states and estimates', async () => {
    const plan = await ask<SessionPlan>('session.plan', { draftId: draft.draftId });
    expect(plan.steps[0]).toMatchObject({ id: 'night_g0_CatGT', module: 'catGT_helper', probe: null, needs: [], state: 'new', engineCommand: expect.stringMatching(/^CatGT /) as string });
    expect(plan.steps[1]).toMatchObject({ probe: 0, needs: ['night_g0_CatGT'], command: expect.stringMatching(/^aftergate module /) as string });
    expect(plan.total).toMatchObject({ steps: plan.steps.length, valid: 0 });
    const { name, text } = await ask<{ name: string; text: string }>('session.json', { draftId: draft.draftId, stepId: plan.steps[0].id });
    expect(path.basename(name)).toBe('night_g0_CatGT-input.json');
    expect(JSON.parse(text)).toMatchObject({ catGT_helper_params: { run_name: 'night' } });
    expect(JSON.parse((await ask<{ text: string }>('session.json', { draftId: draft.draftId })).text)).toEqual(draft.session);
    await expect(service.call('session.json', { draftId: draft.draftId, stepId: 'no such' })).rejects.toMatchObject({ tag: 'usage' });
  });

  it('has the names it will leave, and what they need', async () => {
    const plan = await ask<DestinationPlan>('dest.plan', { draftId: draft.draftId });
    expect(plan.folder).toBe(path.join(root, 'sorted here'));
    expect(plan.tree).toContainEqual(expect.objectContaining({ path: path.join(plan.folder!, 'catgt_night_g0', 'night_g0_imec0', 'night_g0_tcat.imec0.ap.bin'), kind: 'binary', state: 'new', probe: 0 }));
    expect(plan.need_B.total).toBe(plan.need_B.catgt + plan.need_B.results + plan.need_B.work);
    expect(plan.free_B).toBeGreaterThan(0);
  });

  it('is checked anew when asked', async () => {
    const report = await ask<PreflightReport>('preflight.run', { draftId: draft.draftId, depth: 'full' });
    expect(report.findings.filter(({ severity }) => severity === 'stop')).toEqual([]);
    expect(report.took_s).toBeGreaterThan(0);
  });
});

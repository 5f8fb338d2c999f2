import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, Input, RequestName, RunSummary } from '../../../../core/service/contract/index.ts';
import { createService, type Service } from '../../../../core/service/service.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { apValues, niValues, writeRecording } from '../../spikeglx/recording.ts';

const open: Service[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
});

interface Asker {
  readonly service: Service;
  ask<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
}

async function start(profileFolder: string, roots: readonly string[] = []): Promise<Asker> {
  const service = await createService({ profileFolder, roots });
  open.push(service);
  return { service, ask: async (name, input) => (await service.call(name, input)) as never };
}

/** Ends when the list says so; the service tells of every change. */
async function until({ service, ask }: Asker, fits: (runs: readonly RunSummary[]) => boolean): Promise<readonly RunSummary[]> {
  for (;;) {
    const next = new Promise<void>((resolve) => {
      const stop = service.listen(({ name }) => {
        if (name !== 'runs.changed') return;
        stop();
        resolve();
      });
    });
    const runs = await ask('runs.list', {});
    if (fits(runs)) return runs;
    await next;
  }
}

const probe = (run: string, trigger = 0) => `${run}_g0/${run}_g0_imec0/${run}_g0_t${trigger}.imec0.ap`;

async function aRun(folder: string, run: string): Promise<void> {
  await writeRecording(folder, { at: probe(run), values: apValues, samples: 30000 });
  await writeRecording(folder, { at: `${run}_g0/${run}_g0_t0.nidq`, values: niValues, samples: 25000 });
}

describe('the folders of runs', () => {
  it('lists what lies under them, with facts', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await aRun(data, 'm41_d3');
    const { ask } = await start(profile);
    expect(await ask('runs.list', {})).toEqual([]);
    expect(await ask('roots.add', { path: data })).toMatchObject({ path: data, state: 'ready', runs: 1 });
    const [run] = await ask('runs.list', {});
    expect(run).toMatchObject({
      name: 'm41_d3', path: path.join(data, 'm41_d3_g0'), folders: [data], span_s: 1, bytes_B: 450000, gates: [{ gate: 0, triggers: [0] }], ni: true, growing: false,
      probes: [{ index: 0, partNumber: 'NP1010', name: 'NP1.0', shanks: 1, sites: 3, picture: null, text: '3 sites, bottom 0.02 mm of shank 0' }], health: { worst: 'ok' }, processed: [],
    });
    expect(run.probes[0].thumb).toEqual([`9${'0'.repeat(27)}`]);
    const details = await ask('run.get', { runId: run.runId });
    expect(details).toMatchObject({ sync: { source: 'external', period_s: null }, files: [{ stream: 'nidq', created_at: '2024-07-01T12:00:00', there: true }, { stream: 'imec0.ap', samples_smp: 30000, channels: 5 }] });
    expect(details.summary.probes[0].picture!.z_um).toEqual(Float32Array.of(0, 0, 20, 1900));
    expect((await ask('run.meta', { runId: run.runId, stream: 'imec0.ap', gate: 0, trigger: 0 })).entries).toContainEqual(['imDatPrb_pn', 'NP1010']);
  });

  it('may be added again, or with a folder inside: it says so; a folder around takes their place', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await aRun(path.join(data, 'a'), 'm41');
    const { ask } = await start(profile);
    await ask('roots.add', { path: path.join(data, 'a') });
    expect(await ask('roots.add', { path: path.join(data, 'a') })).toMatchObject({ already: expect.stringContaining('is listed already') as string });
    expect(await ask('roots.add', { path: path.join(data, 'a', 'm41_g0') })).toMatchObject({ path: path.join(data, 'a'), already: expect.stringContaining('lies in') as string });
    await ask('roots.add', { path: data });
    expect((await ask('roots.list', {})).map((root) => root.path)).toEqual([data]);
    expect(await ask('runs.list', {})).toHaveLength(1);
    const [{ rootId }] = await ask('roots.list', {});
    await ask('roots.remove', { rootId });
    expect([await ask('roots.list', {}), await ask('runs.list', {})]).toEqual([[], []]);
  });

  it('are places of their own: what may be chosen from is not listed by itself', async () => {
    const [profile, data, other] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await aRun(data, 'm41');
    const { ask } = await start(profile, [data]);
    expect(await ask('roots.list', {})).toEqual([]);
    await expect(ask('roots.add', { path: other })).rejects.toThrow('outside the folders');
    await expect(ask('roots.add', { path: path.join(data, 'm41_g0', 'm41_g0_t0.nidq.meta') })).rejects.toThrow('is a file');
    expect(await ask('roots.add', { path: data })).toMatchObject({ runs: 1 });
  });

  it('tells why there is nothing', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await fs.writeFile(path.join(data, 'film.mp4'), '');
    const { ask } = await start(profile);
    expect((await ask('roots.add', { path: data })).text).toBe(`No SpikeGLX files under ${data} (1 file looked at).`);
  });
});

describe('time goes by', () => {
  it('shows a run that is copied in, by itself', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await aRun(data, 'first');
    const asker = await start(profile);
    await asker.ask('roots.add', { path: data });
    await aRun(data, 'second');
    const runs = await until(asker, (list) => list.length === 2 && list.every((run) => run.health !== null));
    expect(runs.map(({ name }) => name).sort()).toEqual(['first', 'second']);
  }, 15_000);

  it('sees a run grow', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    const base = await writeRecording(data, { at: probe('live'), values: apValues, samples: 1000, fileSizeBytes: null });
    const asker = await start(profile);
    await asker.ask('roots.add', { path: data });
    expect((await asker.ask('runs.list', {}))[0]).toMatchObject({ growing: false });
    await fs.truncate(`${base}.bin`, 20_000);
    const [run] = await until(asker, ([only]) => only.growing);
    expect(run.findings.map(({ id, severity }) => [id, severity])).toContainEqual(['still-writing', 'stop']);
  }, 15_000);

  it('begins with the last list, and keeps it while the drive is gone', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await aRun(path.join(data, 'drive'), 'm41');
    const first = await start(profile);
    await first.ask('roots.add', { path: path.join(data, 'drive') });
    const [before] = await first.ask('runs.list', {});
    const picture = (await first.ask('run.get', { runId: before.runId })).summary.probes[0].picture;
    await first.service.close();
    await fs.rename(path.join(data, 'drive'), path.join(data, 'unplugged'));

    const second = await start(profile);
    expect(await second.ask('runs.list', {})).toEqual([before]);
    expect((await second.ask('run.get', { runId: before.runId })).summary.probes[0].picture).toEqual(picture);
    const [{ rootId }] = await second.ask('roots.list', {});
    expect(await second.ask('roots.rescan', { rootId })).toMatchObject({ state: 'missing', text: expect.stringMatching(/is not connected\. Its 1 run is shown from the last scan \(\d{4}-\d\d-\d\d \d\d:\d\d\)\./) as string });
    expect(await second.ask('runs.list', {})).toMatchObject([{ runId: before.runId, health: { worst: 'ok' } }]);
    await fs.rename(path.join(data, 'unplugged'), path.join(data, 'drive'));
    expect(await second.ask('roots.rescan', { rootId })).toMatchObject({ state: 'ready', runs: 1 });
  });
});

describe('what was made of a run before', () => {
  it('is found wherever it lies under the folders', async () => {
    const [profile, data] = [temporaryFolder(), temporaryFolder()];
    await aRun(data, 'm41');
    const output = path.join(data, 'results', 'catgt_m41_g0');
    await writeRecording(output, { at: 'm41_g0_imec0/m41_g0_tcat.imec0.ap', values: apValues, samples: 100 });
    await fs.mkdir(path.join(output, 'm41_g0_imec0', 'imec0_ks4'));
    const { ask } = await start(profile);
    await ask('roots.add', { path: data });
    const [run] = await ask('runs.list', {});
    expect(run.processed).toMatchObject([
      { tag: 'catgt', path: output, probes: [0] },
      { tag: 'ks4', path: path.join(output, 'm41_g0_imec0', 'imec0_ks4'), probes: [0] },
    ]);
  });
});

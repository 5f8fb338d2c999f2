// What is known of the runs under the user's folders, for the lists and for every other area that is told a runId.

import { createHash } from 'node:crypto';
import { InputFileError } from '../../common/index.ts';
import { scan, type ScannedRun } from '../../spikeglx/index.ts';
import type { Finding, Root, RunDetails, RunSummary } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';

export interface RunLibrary {
  roots(): readonly Root[];
  add(path: string): Promise<Root>;
  remove(rootId: string): Promise<void>;
  rescan(rootId: string): Promise<Root>;
  list(): readonly RunSummary[];
  /** Throws InputFileError when it is not known (any more). */
  get(runId: string): RunDetails;
}

const isPaths = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

export async function openLibrary(context: ServiceContext): Promise<RunLibrary> {
  const { profile, access, emit } = context;
  const roots = new Map<string, Root>();
  const runs = new Map<string, RunDetails>();

  async function scanRoot(path: string): Promise<Root> {
    const rootId = idOf(path);
    const { runs: found } = await scan([path], { now: context.now() });
    for (const [runId, run] of runs) if (run.summary.rootId === rootId) runs.delete(runId);
    for (const run of found) runs.set(runIdOf(run), describe(run, rootId));
    const root: Root = { rootId, path, state: 'ready', runs: found.length, scannedAt: new Date(context.now()).toISOString() };
    roots.set(rootId, root);
    emit('runs.changed', {});
    return root;
  }

  const library: RunLibrary = {
    roots: () => [...roots.values()],
    async add(path) {
      const real = await access.choose(path);
      const root = await scanRoot(real);
      await profile.set('roots', [...roots.values()].map((each) => each.path));
      return root;
    },
    async remove(rootId) {
      roots.delete(rootId);
      for (const [runId, run] of runs) if (run.summary.rootId === rootId) runs.delete(runId);
      await profile.set('roots', [...roots.values()].map((each) => each.path));
      emit('runs.changed', {});
    },
    rescan: (rootId) => scanRoot(roots.get(rootId)!.path),
    list: () => [...runs.values()].map((run) => run.summary),
    get(runId) {
      const run = runs.get(runId);
      if (!run) throw new InputFileError(runId, 'this run is not known (any more)', { next: 'Go back to Runs and look whether its folder is still there.' });
      return run;
    },
  };
  for (const path of profile.get('roots', isPaths) ?? []) await library.add(path).catch(() => undefined);
  return library;
}

const idOf = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 12);
const runIdOf = (run: ScannedRun) => idOf(`${run.path}|${run.name}`);

function describe(run: ScannedRun, rootId: string): RunDetails {
  const files = run.gates.flatMap(({ gate, triggers }) => triggers.flatMap(({ trigger, streams }) => streams.map((stream) => ({ gate, trigger, ...stream }))));
  const findings: Finding[] = run.health.map(({ severity, code, message }) => ({ id: code, severity: severity === 'error' ? 'stop' : severity === 'warning' ? 'warn' : 'note', text: message, where: { runId: runIdOf(run), run: run.name }, next: [] }));
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const streams = [...new Map(files.map((file) => [file.stream, file])).values()];
  const kindOf = (key: string) => (key === 'nidq' ? 'nidq' : key.startsWith('obx') ? 'obx' : key.endsWith('.lf') ? 'lf' : 'ap');
  const summary: RunSummary = {
    runId: runIdOf(run), rootId, name: run.name, path: run.path, folders: run.folders, started_at: run.created, span_s: run.seconds, bytes_B: run.bytes,
    gates: run.gates.map(({ gate, triggers }) => ({ gate, triggers: triggers.map(({ trigger }) => trigger) })),
    streams: streams.map(({ stream, rate, channels }) => ({ key: stream, kind: kindOf(stream), index: Number(/\d+/.exec(stream)?.[0] ?? 0), rate_Hz: rate, channels })),
    probes: run.probes.map(({ index, partNumber, type, shanks, sites }) => ({ index, partNumber, name: `${type ?? partNumber ?? 'probe'}`, shanks: shanks ?? 1, sites, picture: null, text: `${sites} sites` })),
    ni: run.ni, obx: run.obx,
    health: { worst: count('stop') ? 'stop' : count('warn') ? 'warn' : count('note') ? 'note' : 'ok', counts: { stop: count('stop'), warn: count('warn'), note: count('note') } },
    findings, processed: [], growing: run.health.some((entry) => entry.code === 'recording'),
  };
  return {
    summary,
    files: files.map(({ stream, gate, trigger, path, bytes, samples, seconds, firstSample, rate }) => ({ stream, gate, trigger, path, bytes_B: bytes, samples_smp: samples, seconds, firstSample_smp: firstSample, rate_Hz: rate, created_at: null, errors: [] })),
    sync: { source: '', period_s: null },
    software: '',
  };
}

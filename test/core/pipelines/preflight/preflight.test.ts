// What a session would meet, told before it starts: nothing wrong in a good one, every mistake in a bad one by name, with
// ways out that mend it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { preflight, type Preflight, type PreflightOptions, runSession } from '../../../../core/pipelines/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { testModules, testPool } from '../support.ts';
import { editMeta, fileOf, recordNight, sessionOf } from './recorded.ts';

let root: string;
let raw: string;
const later = Date.now() + 3_600_000;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  raw = path.join(root, 'D drive');
  await recordNight(raw);
});

const look = (changes: Readonly<Record<string, unknown>> = {}, options: Partial<PreflightOptions> = {}) =>
  preflight(sessionOf(raw, path.join(root, 'out'), changes), { base: root, modules: testModules, now: later, ...options });
const ids = ({ findings }: Preflight) => findings.map(({ severity, id }) => `${severity} ${id}`);

/** A copy of the recording to spoil. */
async function spoilt(spoil: (folder: string) => Promise<void>): Promise<string> {
  const copy = path.join(temporaryFolder(), 'raw');
  await fs.cp(raw, copy, { recursive: true });
  await spoil(copy);
  return copy;
}

describe('a good session', () => {
  it('has its joins noted, and every name that it will leave', async () => {
    const found = await look();
    expect(ids(found).sort()).toEqual(['note gap-filled', 'note overlap-trimmed']);
    expect(found.findings.map(({ text }) => text)).toEqual([
      'Between g0 t1 and g0 t2 there are 0.500 s that were not recorded. They will be filled with straight lines so that times stay true.',
      'g0 t1 starts 0.100 s before g0 t0 ends. The repeated part is used once.',
    ]);
    expect(found).toMatchObject({ ok: true, disk: { folder: path.join(root, 'out') } });
    expect(found.seconds).toBeGreaterThan(0);
    expect(found.steps.map(({ step, state }) => [step.module, state])).toContainEqual(['catGT_helper', 'new']);
    expect(found.steps[0].command).toMatch(/^CatGT .*-run=night .*-t=0,2/);
  });

  it('is told truly: those names are there after the run, with those sizes, and the steps are valid', async () => {
    const out = path.join(root, 'truly');
    const lists = { catGT_cmd_string: '-prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -edits -health' };
    const before = await look({ catGT_dest: out, ...lists });
    expect(before.outputs.map(({ path: file }) => path.basename(file))).toEqual(expect.arrayContaining(['night_g0_tcat.imec1.ap.edits.csv', 'night_g0_tcat.nidq.health.json']));
    await runSession(sessionOf(raw, out, lists), root, { pool: testPool(), modules: testModules, warn: () => undefined });
    const names = new Map(before.outputs.map((file) => [file.path, file]));
    const entries = await fs.readdir(out, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const unforeseen = files.filter((file) => !names.has(file) && !file.includes('.aftergate') && !/imec\d_ag/.test(file) && !file.endsWith('_log.csv'));
    expect(unforeseen).toEqual([]);
    for (const { path: file } of before.outputs) await fs.access(file);
    for (const { path: file, kind, bytes } of before.outputs) if (kind === 'binary') expect((await fs.stat(file)).size).toBe(bytes);

    const after = await look({ catGT_dest: out, ...lists });
    expect(new Set(after.steps.map(({ state }) => state))).toEqual(new Set(['valid']));
    expect(after.disk).toMatchObject({ needed: 0 });
    expect(ids(after)).toContain('note overwrite');
    expect(new Set(after.outputs.map(({ state }) => state))).toEqual(new Set(['kept']));
    const changed = await look({ catGT_dest: out, catGT_cmd_string: '-prb_fld -apfilter=butter,12,400,9000' });
    expect(new Set(changed.steps.map(({ state }) => state))).toEqual(new Set(['changed']));
    expect(ids(changed)).toContain('warn overwrite');
  });
});

describe('a mistake in the session', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['stop dest-missing', { catGT_dest: '' }, 'There is no folder for the results yet.'],
    ['stop session-value', { ks_verr: '4' }, 'ks_verr: a session has no such key; did you mean ks_ver?'],
    ['stop session-value', { ks_ver: '4' }, "modules: spike_sorter does not go with ks_ver '4'."],
    ['stop region-unknown', { run_specs: [['night', '0', 'start,end', '0,1', '', ['hippo', 'cortex']]] }, '"hippo" is not in the region table.'],
    ['stop run-missing', { run_specs: [['night', '0', 'start,end', '0,1'], ['day', '0', '0', '0']] }, 'There are no files of day_g0'],
    ['stop device-missing', { run_specs: [['night', '0', 'start,end', '0,7']] }, 'imec7 has no files in night_g0.'],
    ['stop trigger-missing', { run_specs: [['night', '0', '0,3', '0,1']] }, 'g0 t3 is not on disk (t0 to t2 are).'],
    ['stop word-range', { ni_obx_extract_string: '-xd=0,0,8,0,0' }, 'Word 8 does not exist: this file has words 0 to '],
    ['stop bit-range', { ni_obx_extract_string: '-bf=0,0,0,12,6,3' }, 'Startbit 12 with 6 bits runs past bit 15. At most 4 bits fit.'],
    ['stop lf-extract', { ni_obx_extract_string: '-xd=3,0,8,6,500' }, 'Events cannot be taken from LF files.'],
    ['stop name-collision', { ni_obx_extract_string: '-xa=0,0,0,1,3,25 -xa=0,0,0,2,3,25' }, 'Two extractors would both write `night_g0_tcat.nidq.xa_0_25.txt`'],
    ['stop catgt-option', { catGT_cmd_string: '-prb_fld -apfilter=butter,12,300,9000 -bogus=1' }, "'-bogus=1'"],
    ['warn stream-not-chosen', { ni_obx_extract_string: '-xa=1,0,0,1,3,25' }, '`obx0` is not among the chosen streams of night'],
    ['warn zerofill-tprime', { catGT_cmd_string: '-prb_fld -apfilter=butter,12,300,9000 -zerofillmax=500' }, 'Gaps are cut to 500 ms'],
    ['warn car-no-highpass', { catGT_cmd_string: '-prb_fld -apfilter=butter,12,0,9000' }, 'CAR without a high-pass filter'],
    ['warn sync-period', { sync_period: 2 }, 'sync edges come every 2 s, but the meta of imec0 says 1 s'],
    ['stop sync-reference', { toStream_sync_params: 'imec4' }, 'in the clock of imec4, which night does not have'],
    ['stop path-spaces', { engines: { catgt: 'external' } }, 'The native CatGT cannot take the space in'],
    ['note no-effect', { ksTh_dict: { default: '[8,9]' } }, 'no effect on the embedded sorter'],
  ];

  it.each(cases)('%s', async (finding, changes, words) => {
    const found = await look(changes);
    const [severity, id] = finding.split(' ');
    expect(found.findings.filter((each) => each.id === id && each.severity === severity).map(({ text }) => text).join('\n')).toContain(words);
    expect(found.ok).toBe(severity !== 'stop');
  });

  it.each(cases)('%s: what is offered mends it', async (finding, changes) => {
    const [, id] = finding.split(' ');
    const ways = (await look(changes)).findings.filter((each) => each.id === id).flatMap(({ next }) => next).flatMap(({ patch }) => (patch ? [patch] : []));
    for (const patch of ways) {
      const mended = Object.fromEntries(Object.entries({ ...changes, ...patch }).map(([key, value]) => [key, value ?? undefined]));
      expect((await look(mended)).findings.map((each) => each.id)).not.toContain(id);
    }
  });

  it('does not hide another', async () => {
    const found = await look({ ks_verr: 1, run_specs: [['night', 'x', '0', '0'], ['night', '0', 'start,end', '0,1', '', ['hippo', 'cortex']]], ni_obx_extract_string: '-xd=0,0,8,0,0 -bf=0,0,0,12,6,3', sync_period: 2 });
    expect(ids(found).filter((id) => !id.startsWith('note')).sort()).toEqual(['stop bit-range', 'stop region-unknown', 'stop session-value', 'stop session-value', 'stop word-range', 'warn sync-period']);
  });

  it('is a long fill that can be capped or taken apart', async () => {
    const far = await spoilt(async (folder) => {
      for (const stream of ['imec0.ap', 'imec0.lf', 'imec1.ap', 'imec1.lf', 'nidq']) {
        await editMeta(fileOf(folder, 1, 0, stream, 'meta'), (text) => text.replace(/firstSample=(\d+)/, (_, first: string) => `firstSample=${Number(first) + 600 * Number(/(?:im|ni)SampRate=(\S+)/.exec(text)![1])}`));
      }
    });
    const joined = { npx_directory: [far], run_specs: [['night', '0,1', ['start,end', '0'], '0,1']] };
    const found = await look(joined);
    const fill = found.findings.find(({ id }) => id === 'long-fill')!;
    expect(fill.text).toMatch(/^10 min 2 s between g0 and g1 will be filled: .* a probe without data/);
    expect(fill.next.map(({ label }) => label)).toEqual(['Sort the gates apart', 'Cap fills at 100 ms']);
  });

  it('is a start beyond the end of the first file, and a part of the whole is told', async () => {
    const beyond = (await look({ catGT_cmd_string: '-startsecs=30 -gfix=0.4,0.1,0.02' })).findings.find(({ id }) => id === 'start-beyond')!;
    expect(beyond).toMatchObject({ severity: 'stop', where: { step: 'gates', gate: 0, trigger: 0 }, next: [{ patch: { catGT_cmd_string: '-gfix=0.4,0.1,0.02' } }, { step: 'gates' }] });
    expect(beyond.text).toMatch(/^The start of 30\.000 s lies beyond the end of g0 t0, which lasts \d\.\d{3} s\.$/);
    const part = await look({ catGT_cmd_string: '-startsecs=0.25 -maxsecs=0.5' });
    expect(part.findings.filter(({ id }) => id === 'part-only')).toMatchObject([{ severity: 'note', text: 'Only 0.500 s from 0.250 s on are taken, as asked for in Gates.', next: [{ patch: { catGT_cmd_string: '' } }] }]);
    expect((await look({})).findings.some(({ id }) => id === 'part-only')).toBe(false);
  });
});

describe('a recording that is not whole', () => {
  it.each([
    ['stop size-mismatch', 'holds 1,602 bytes less than its meta says', async (folder: string) => {
      const file = fileOf(folder, 0, 1, 'imec1.ap', 'bin');
      await fs.truncate(file, (await fs.stat(file)).size - 1602);
    }],
    ['warn size-mismatch', 'does not give the size of its file', (folder: string) => editMeta(fileOf(folder, 0, 1, 'imec1.ap', 'meta'), (text) => text.replace(/fileSizeBytes=.*\r?\n/, ''))],
    ['stop meta-missing', 'night_g0_t0.imec1.ap.bin has no meta beside it.', (folder: string) => fs.rm(fileOf(folder, 0, 0, 'imec1.ap', 'meta'))],
    ['stop trigger-missing', 'g0 t1 of imec0 is not on disk (t0 and t2 are). Leave it out of the range, or let the time be filled.', async (folder: string) => {
      for (const ending of ['bin', 'meta'] as const) await fs.rm(fileOf(folder, 0, 1, 'imec0.ap', ending));
    }],
    ['stop binary-missing', 'has a meta but no night_g0_t0.nidq.bin', (folder: string) => fs.rm(fileOf(folder, 0, 0, 'nidq', 'bin'))],
    ['stop sync-missing', 'imec1 has no sync edges in night: its meta says that sync is off', async (folder: string) => {
      for (const trigger of [0, 1, 2]) await editMeta(fileOf(folder, 0, trigger, 'imec1.ap', 'meta'), (text) => text.replace(/syncSourceIdx=.*/, 'syncSourceIdx=0'));
    }],
    ['warn unknown-probe', 'Part number NP9999 is not in the table.', async (folder: string) => {
      for (const trigger of [0, 1, 2]) await editMeta(fileOf(folder, 0, trigger, 'imec0.ap', 'meta'), (text) => text.replace(/imDatPrb_pn=.*/, 'imDatPrb_pn=NP9999'));
    }],
  ] as const)('%s: %s', async (finding, words, spoil) => {
    const found = await look({ npx_directory: [await spoilt(spoil)] });
    const [severity, id] = finding.split(' ');
    expect(found.findings.filter((each) => each.id === id && each.severity === severity).map(({ text }) => text).join('\n')).toContain(words);
  });

  it('is still being written when its file grew a moment ago', async () => {
    const growing = await spoilt((folder) => editMeta(fileOf(folder, 0, 2, 'imec0.ap', 'meta'), (text) => text.replace(/fileSizeBytes=.*\r?\n/, '')));
    const { mtimeMs } = await fs.stat(fileOf(growing, 0, 2, 'imec0.ap', 'bin'));
    const found = await look({ npx_directory: [growing] }, { now: mtimeMs + 2000 });
    expect(found.findings.find(({ id }) => id === 'still-writing')).toMatchObject({ severity: 'stop', text: expect.stringContaining('This run grew 2 s ago') as string, where: { run: 'night', trigger: 2 } });
  });

  it('is made of different runs when triggers that were made hours apart claim one time', async () => {
    const renamed = await spoilt(async (folder) => {
      for (const stream of ['imec0.ap', 'imec0.lf', 'imec1.ap', 'imec1.lf', 'nidq']) {
        for (const trigger of [1, 2]) await editMeta(fileOf(folder, 0, trigger, stream, 'meta'), (text) => text.replace(/firstSample=.*/, 'firstSample=0').replace(/fileCreateTime=.*/, `fileCreateTime=2030-01-0${trigger}T12:00:00`));
      }
    });
    const found = await look({ npx_directory: [renamed] });
    expect(found.findings.find(({ id }) => id === 'unrelated-clocks')).toMatchObject({ severity: 'stop', next: [{ label: 'Make a super-run of 3' }, { label: 'Use t0 only' }, { label: 'Go to Gates' }] });
  });

  it('has dead sync lines, which a full look finds', async () => {
    const dead = await spoilt(async (folder) => {
      const bin = fileOf(folder, 1, 0, 'imec1.ap', 'bin');
      await fs.writeFile(bin, Buffer.alloc((await fs.stat(bin)).size));
    });
    const gate = { npx_directory: [dead], run_specs: [['night', '1', '0', '0,1']] };
    expect(ids(await look(gate))).not.toContain('stop sync-missing');
    expect((await look(gate, { depth: 'full' })).findings).toContainEqual(expect.objectContaining({ id: 'sync-missing', where: expect.objectContaining({ stream: 'imec1.ap' }) as unknown }));
  });
});

describe('the place results go to', () => {
  it('has too little room, or memory', async () => {
    const found = await look({}, { freeBytes: () => Promise.resolve(1000), memory: 1e9 });
    expect(found.findings.find(({ id }) => id === 'disk-space')?.text).toMatch(/has 1 kB free and this needs [\d.]+ (kB|MB)\.$/);
    expect(ids(found)).toContain('warn memory');
  });

  it('has room, but not with the reserve that is to stay free', async () => {
    const needed = (await look({})).disk!.needed;
    const freeBytes = () => Promise.resolve(needed + 5e8);
    expect(ids(await look({}, { freeBytes, reserve: 4e8 }))).not.toContain('warn disk-reserve');
    const found = await look({}, { freeBytes, reserve: 1e9 });
    expect(found.findings.find(({ id }) => id === 'disk-reserve')?.text).toMatch(/has \d+ MB free and this needs .*; 1 GB must stay free \(Settings, Limits\)\. The queue will wait/);
    expect(found.ok).toBe(true);
  });

  it('must not be a file, and should not be a recording', async () => {
    await fs.writeFile(path.join(root, 'a file'), '');
    expect(ids(await look({ catGT_dest: path.join(root, 'a file', 'out') }))).toContain('stop in-the-way');
    expect(ids(await look({ catGT_dest: path.join(raw, 'night_g0') }))).toContain('warn inside-recordings');
    expect(ids(await look({ catGT_dest: path.join(raw, 'sorted') }))).toContain('note inside-recordings');
  });

  it('and recordings are not looked into unless they may be', async () => {
    const denied = await look({}, { mayUse: (folder) => Promise.resolve(folder !== raw) });
    expect(denied).toMatchObject({ ok: false, steps: [], outputs: [], findings: [{ id: 'folder-not-chosen', where: { step: 'runs' } }] });
    const noDest = await look({}, { mayUse: (folder) => Promise.resolve(folder === raw) });
    expect(noDest.outputs).toEqual([]);
    expect(noDest.disk).toBeUndefined();
    expect(noDest.steps.length).toBeGreaterThan(0);
  });
});

it('tells the first run that is asked for and not there without losing the others, and offers to leave it out', async () => {
  const found = await look({ run_specs: [['night', '0', 'start,end', '0,1'], ['day', '0', '0', '0']] });
  expect(found.steps.map(({ step }) => step.run)).toContain('night');
  expect(found.findings.find(({ id }) => id === 'run-missing')?.next).toEqual([{ label: 'Leave day out', patch: { run_specs: [['night', '0', 'start,end', '0,1']] } }]);
});

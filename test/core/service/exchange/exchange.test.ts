import fs from 'node:fs/promises';
import path from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft, DraftNotation, Exported, Imported, ParsedNotation, Preset, PresetDifference, RunSummary } from '../../../../core/service/contract/index.ts';
import { createService, type Service } from '../../../../core/service/index.ts';
import { expandSession } from '../../../../core/pipelines/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let root: string;
let raw: string;
let service: Service;
let draft: Draft;
beforeAll(async () => {
  root = temporaryFolder();
  raw = path.join(root, 'raw');
  await quickRun(raw, {
    name: 'night', spans: [[0, 0, 1.1, 2.1], [0, 1, 2.3, 3], [1, 0, 4, 5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS })),
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
  });
  service = await createService({ profileFolder: temporaryFolder(), roots: [root], workers: 1 });
  await ask('roots.add', { path: raw });
});
afterAll(() => service.close());
beforeEach(async () => {
  const [run] = await ask<RunSummary[]>('runs.list');
  draft = await ask<Draft>('session.create', { runIds: [run.runId] });
  await patch({ run_specs: [['night', ['0', '1'], 'start,end', '0,1', '', ['default', 'default']]] }); // each gate by itself
});

const ask = <Answer>(name: string, input: unknown = {}) => service.call(name, input) as Promise<Answer>;
const again = () => ask<Draft>('session.get', { draftId: draft.draftId });
const patch = async (session: Record<string, unknown>) => (draft = await ask<Draft>('session.patch', { draftId: draft.draftId, rev: draft.rev, label: 'x', session }));
const read = (...parts: string[]) => fs.readFile(path.join(...parts), 'utf8');

describe('notation', () => {
  it('is checked against the files of the runs, and applied as one change', async () => {
    const text = "ni_obx_extract_string = '-xa=0,0,1,1,2,25 -xd=0,0,8,0,0'\ncatGT_dest = r'D:\\elsewhere'";
    const parsed = await ask<ParsedNotation>('notation.parse', { text, draftId: draft.draftId });
    expect(parsed.used.map(({ token }) => token)).toEqual(['-xa=0,0,1,1,2,25']);
    expect(parsed.unused.map(({ id }) => id)).toEqual(['word-range', 'not-allowed']);
    expect(parsed.unused[0].reason).toContain('Word 8 does not exist: this file has words 0 to 2');
    const applied = await ask<Draft>('notation.apply', { draftId: draft.draftId, rev: draft.rev, text });
    expect(applied).toMatchObject({ undo: 'pasted -xa=0,0,1,1,2,25', session: { ni_obx_extract_string: '-xa=0,0,1,1,2,25' }, notes: { unused: parsed.unused.map(({ token }) => token) } });
    expect((await ask<Draft>('session.undo', { draftId: draft.draftId })).session).toEqual(draft.session);
  });

  it("gives CatGT's commands as the pipeline will, before the destination is there", async () => {
    const { commands, problem } = await ask<DraftNotation>('notation.format', { draftId: draft.draftId });
    expect(problem).toBeNull();
    expect(commands.map(({ text }) => text)).toEqual([
      `CatGT -dir=${raw} -run=night -g=0 -t=0,1 -prb_fld -ni -ap -prb=0:1 -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gblcar -gfix=0.4,0.1,0.02 -dest=${String(draft.session.catGT_dest)} -out_prb_fld`,
      `CatGT -dir=${raw} -run=night -g=1 -t=0 -prb_fld -ni -ap -prb=0:1 -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gblcar -gfix=0.4,0.1,0.02 -dest=${String(draft.session.catGT_dest)} -out_prb_fld`,
    ]);
  });

  it('of a step changes nothing when pasted back', async () => {
    await patch({ car_mode: 'loccar', loccar_min: 60, loccar_max: 200, ni_obx_extract_string: '-xd=0,0,2,1,50', refPerMS_dict: { cortex: 1.5 }, quality_metrics_params: { max_radius_um: 90 }, event_ex_param_str: 'xd=0,0,2,1,50' });
    const { steps } = await ask<DraftNotation>('notation.format', { draftId: draft.draftId });
    for (const step of ['extract', 'preprocess', 'sort', 'modules', 'sync'] as const) {
      const parsed = await ask<ParsedNotation>('notation.parse', { draftId: draft.draftId, text: steps[step], step });
      expect({ step, changed: parsed.changed, unused: parsed.unused }).toEqual({ step, changed: [], unused: [] });
    }
  });
});

describe('export and import', () => {
  it('go round without a change', async () => {
    await patch({ ni_obx_extract_string: '-xd=0,0,2,1,50', spike_sorter_params: { min_spikes: 30 }, tPrime_helper_params: { tprime_interp: true }, ksTh_dict: { default: '[9,8]' }, path_map: [{ from: 'Z:\\data', to: raw }] });
    const folder = path.join(root, 'export 1');
    const first = await ask<Exported>('session.export', { draftId: draft.draftId, kind: 'folder', path: folder });
    const imported = await ask<Imported>('session.import', { path: path.join(folder, 'session.json') });
    expect(imported).toMatchObject({ offers: [], unused: [], draft: { runs: draft.runs, session: draft.session } });
    const second = await ask<Exported>('session.export', { draftId: imported.draft.draftId, kind: 'folder', path: path.join(root, 'export 2') });
    expect(second.files).toEqual(first.files);
    for (const { name } of first.files) expect(await read(root, 'export 2', name), name).toBe(await read(folder, name));
  });

  it('write the input JSON of every step as execution does, with scripts', async () => {
    const folder = path.join(root, 'export 3');
    const { files } = await ask<Exported>('session.export', { draftId: draft.draftId, kind: 'folder', path: folder });
    expect(files.map(({ name }) => name)).toEqual([
      'session.json', ...['night_g0_CatGT', 'night_g0_imec0', 'night_g0_imec1', 'night_g0_TPrime', 'night_g1_CatGT', 'night_g1_imec0', 'night_g1_imec1', 'night_g1_TPrime'].map((name) => `json/${name}-input.json`), 'run.sh', 'modules.sh', 'run.bat', 'modules.bat',
    ]);
    const { plan } = await expandSession(JSON.parse(await read(folder, 'session.json')) as Record<string, unknown>, { base: folder });
    for (const { inputJson, input } of plan.steps) expect(JSON.parse(await read(folder, 'json', path.basename(inputJson)))).toEqual(input);
    expect(await read(folder, 'run.bat')).toContain('call aftergate run session.json %*\r\n');
    expect((await fs.stat(path.join(folder, 'run.sh'))).mode & 0o111).toBe(process.platform === 'win32' ? 0 : 0o111);
    expect(await ask('session.files', { draftId: draft.draftId })).toHaveLength(files.length);
  });

  it('make a zip of the same files', async () => {
    const { files, path: zip } = await ask<Exported>('session.export', { draftId: draft.draftId, kind: 'zip', path: path.join(root, 'night.zip') });
    expect(Object.keys(unzipSync(await fs.readFile(zip)))).toEqual(files.map(({ name }) => name));
  });

  it('take a zip back without a change, from its file or from its bytes', async () => {
    await patch({ ni_obx_extract_string: '-xd=0,0,2,1,50' });
    const { path: zip } = await ask<Exported>('session.export', { draftId: draft.draftId, kind: 'zip', path: path.join(root, 'Abend für Ö.zip') });
    const fromFile = await ask<Imported>('session.import', { path: zip });
    expect(fromFile).toMatchObject({ offers: [], unused: [], draft: { name: 'Abend für Ö', runs: draft.runs, session: draft.session } });
    const fromBytes = await ask<Imported>('session.import', { zip: await fs.readFile(zip, 'base64'), name: 'dropped' });
    expect(fromBytes).toMatchObject({ unused: [], draft: { name: 'dropped', session: draft.session } });
  });

  it('take relative paths of a zip as if it had been unpacked where it lies', async () => {
    const zip = path.join(root, 'packed.zip');
    const session = strToU8(JSON.stringify({ ...draft.session, npx_directory: ['../raw'], catGT_dest: 'out' }));
    await fs.writeFile(zip, zipSync({ 'the night/session.json': session, 'the night/json/session.json': strToU8('{}') }));
    const { draft: made } = await ask<Imported>('session.import', { path: zip });
    expect(made).toMatchObject({ problem: null, session: { npx_directory: [raw], catGT_dest: path.join(root, 'the night', 'out') } });
  });

  it('refuse zips that are none, hold no session, lead out of their folder or are far too large', async () => {
    const of = async (files: Record<string, Uint8Array>, change: (bytes: Buffer) => void = () => undefined) => {
      const bytes = Buffer.from(zipSync(files));
      change(bytes);
      return ask('session.import', { zip: bytes.toString('base64'), name: 'x' });
    };
    const session = strToU8(JSON.stringify(draft.session));
    await expect(ask('session.import', { zip: Buffer.from('hello').toString('base64') })).rejects.toThrow('session.zip: is not a zip that can be read');
    await expect(of({ 'notes.txt': session })).rejects.toMatchObject({ message: 'x.zip: holds no session.json', next: expect.stringContaining('Choose a zip') as string });
    await expect(of({ 'a/session.json': session, 'b/session.json': session })).rejects.toThrow('holds several sessions: a/session.json and b/session.json');
    for (const name of ['../session.json', 'a/../../x.sh', '/etc/x', 'C:\\x.bat', '..\\x.bat']) await expect(of({ 'session.json': session, [name]: session }), name).rejects.toThrow('a path that leads out of its folder');
    await expect(of({ 'session.json': new Uint8Array(21_000_000) })).rejects.toThrow('is larger than an exported session can be');
    const claimsTen = (bytes: Buffer) => bytes.writeUInt32LE(10, bytes.indexOf(Buffer.from('PK\x01\x02')) + 24);
    await expect(of({ 'session.json': new Uint8Array(19_000_000) }, claimsTen)).rejects.toThrow('x.zip/session.json');
    await fs.writeFile(path.join(root, 'large.zip'), new Uint8Array(10_000_001));
    await expect(ask('session.import', { path: path.join(root, 'large.zip') })).rejects.toThrow('is larger than an exported session can be');
  });

  it('never write into a recording, outside the folders, or over something else', async () => {
    const to = (kind: string, target: string) => ask('session.export', { draftId: draft.draftId, kind, path: target });
    await expect(to('folder', path.join(raw, 'night_g0', 'x'))).rejects.toThrow('lies in the folder of a recording');
    await expect(to('folder', path.join(temporaryFolder(), 'x'))).rejects.toMatchObject({ tag: 'not-allowed' });
    await fs.writeFile(path.join(root, 'mine.json'), '{}');
    await expect(to('session', path.join(root, 'mine.json'))).rejects.toThrow('is there already');
    await to('session', path.join(root, 'session.json'));
    await to('session', path.join(root, 'session.json'));
  });

  it('offer the place where the runs are now', async () => {
    const text = JSON.stringify({ ...draft.session, npx_directory: ['D:\\rig'], catGT_dest: path.join(root, 'out') });
    const { draft: made, offers } = await ask<Imported>('session.import', { text });
    expect(made.problem?.text).toContain('is a path of a Windows computer');
    expect(offers).toEqual([{ from: 'D:\\rig', to: raw, runs: ['night'], text: `This session was made on D:\\rig. The run night is under ${raw}.` }]);
    const mended = await ask<Draft>('session.patch', { draftId: made.draftId, rev: made.rev, label: 'x', session: { path_map: [{ from: offers[0].from, to: offers[0].to }] } });
    expect(mended.problem).toBeNull();
  });

  it("read CatGT's and a probe's input JSON back into sessions", async () => {
    await patch({ car_mode: 'loccar', quality_metrics_params: { max_radius_um: 91 }, ni_obx_extract_string: '-xd=0,0,2,1,50', sync_period: 2, tPrime_helper_params: { tprime_interp: true } });
    const folder = path.join(root, 'export 4');
    await ask('session.export', { draftId: draft.draftId, kind: 'folder', path: folder });
    const catgt = await ask<Imported>('session.import', { path: path.join(folder, 'json', 'night_g0_CatGT-input.json') });
    expect(catgt.draft.problem).toBeNull();
    expect(catgt.draft.session).toMatchObject({ kind: 'multi-run', npx_directory: [raw], catGT_dest: draft.session.catGT_dest, car_mode: 'loccar', ni_obx_extract_string: '-xd=0,0,2,1,50', run_specs: [['night', '0', '0,1', '0:1', '', ['default', 'default']]] });
    const tprime = await ask<Imported>('session.import', { path: path.join(folder, 'json', 'night_g1_TPrime-input.json') });
    expect(tprime.draft).toMatchObject({ problem: null, session: { kind: 'multi-run', run_CatGT: false, modules: [], sync_period: 2, tPrime_helper_params: { tprime_interp: true }, run_specs: [['night', '1', 'start,end', '0', '', ['default']]] } });
    const probe = await ask<Imported>('session.import', { path: path.join(folder, 'json', 'night_g1_imec1-input.json') });
    expect(probe.draft.problem).toBeNull();
    expect(probe.draft.session).toMatchObject({ kind: 'file-list', file_list: [[path.join(String(draft.session.catGT_dest), 'catgt_night_g1', 'night_g1_imec1', 'night_g1_tcat.imec1.ap.bin'), ['default']]], ks_ver: 'ag', quality_metrics_params: { max_radius_um: 91 } });
  });
});

describe('presets', () => {
  it('keep settings, not runs; what does not fit is said', async () => {
    await patch({ car_mode: 'gbldmx', ni_obx_extract_string: '-xd=0,0,2,1,50 -xd=0,0,7,1,50', toStream_sync_params: 'ni' });
    const { presetId } = await ask<Preset>('presets.save', { draftId: draft.draftId, name: 'Lab NP1+2' });
    expect((await again()).preset).toBe(presetId);
    const [run] = await ask<RunSummary[]>('runs.list');
    const fresh = await ask<Draft>('session.create', { runIds: [run.runId] });
    const { changes } = await ask<PresetDifference>('presets.difference', { draftId: fresh.draftId, presetId });
    expect(changes.map(({ key }) => key)).toEqual(['car_mode', 'toStream_sync_params', 'ni_obx_extract_string'].sort((a, b) => changes.findIndex(({ key }) => key === a) - changes.findIndex(({ key }) => key === b)));
    const applied = await ask<{ draft: Draft; text: string }>('presets.apply', { draftId: fresh.draftId, rev: fresh.rev, presetId });
    expect(applied.text).toMatch(/^Applied Lab NP1\+2: \d+ settings\. 1 did not fit: -xd=0,0,7,1,50: Word 7 does not exist: this file has words 0 to 2/);
    expect(applied.draft).toMatchObject({ preset: presetId, undo: 'preset Lab NP1+2', session: { car_mode: 'gbldmx', ni_obx_extract_string: '-xd=0,0,2,1,50', run_specs: fresh.session.run_specs, catGT_dest: fresh.session.catGT_dest } });
    expect((await ask<PresetDifference>('session.presetChanges', { draftId: fresh.draftId })).changes).toEqual([]);
    const { rev } = await ask<Draft>('session.patch', { draftId: fresh.draftId, rev: applied.draft.rev, label: 'x', session: { car_mode: 'None', ks_ver: '4' } });
    expect((await ask<PresetDifference>('session.presetChanges', { draftId: fresh.draftId })).changes).toContainEqual({ key: 'car_mode', step: 'preprocess', from: 'None', to: 'gbldmx' });
    const back = await ask<{ draft: Draft; text: string }>('presets.apply', { draftId: fresh.draftId, rev, presetId, keys: ['car_mode'] });
    expect(back).toMatchObject({ text: 'car_mode as in Lab NP1+2.', draft: { preset: presetId, undo: 'car_mode as in Lab NP1+2', session: { car_mode: 'gbldmx', ks_ver: '4' } } });
  });

  it('travel as files', async () => {
    const { presetId } = await ask<Preset>('presets.save', { draftId: draft.draftId, name: 'Abend für Ö' });
    const { path: file } = await ask<{ path: string }>('presets.export', { presetId, folder: root });
    expect(file).toMatch(/\.aftergate-preset\.json$/);
    await expect(ask('session.import', { path: file })).rejects.toThrow('is a preset, not a session');
    const { text } = await ask<{ text: string }>('presets.remove', { presetId });
    expect(await ask<Preset>('presets.import', { text })).toMatchObject({ presetId, name: 'Abend für Ö' });
    await ask('presets.remove', { presetId });
    expect(await ask<Preset>('presets.import', { path: file })).toMatchObject({ presetId, name: 'Abend für Ö', builtIn: false });
    await expect(ask('presets.import', { text: '{"a": 1}' })).rejects.toThrow('is not a preset');
    await expect(ask('presets.import', { text: '{"aftergate_preset": 2, "name": "x"}' })).rejects.toThrow('made by a newer Aftergate (schema 2, this one reads 1)');
    await expect(ask('presets.remove', { presetId: 'standard' })).rejects.toThrow('comes with Aftergate');
  });

  it('that come with the program make sessions that can be run', async () => {
    for (const presetId of ['standard', 'reference', 'events']) {
      const { rev } = await again();
      expect((await ask<{ draft: Draft }>('presets.apply', { draftId: draft.draftId, rev, presetId })).draft.problem, presetId).toBeNull();
    }
  });
});

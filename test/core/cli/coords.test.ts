import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommandIO } from '../../../core/cli/command.ts';
import { coordsCommand, parseCoordsArguments } from '../../../core/cli/coords.ts';
import { OutputFileError, UsageError } from '../../../core/common/index.ts';
import { npyNumbers, readNpy } from '../../../core/formats/index.ts';
import { geometry, readMeta } from '../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { readMat5 } from '../formats/readMat5.ts';
import { writeRecording } from '../spikeglx/recording.ts';

/** Three saved sites of a four-shank probe, on shanks 0, 1 and 3; the last is not used. */
const fourShanks = {
  imDatPrb_pn: 'NP2013',
  imSampRate: 30000,
  nSavedChans: 4,
  snsApLfSy: '3,0,1',
  snsSaveChanSubset: '0,50,99,384',
  '~imroTbl': '(2013,384)(0 0 0 0 0)',
  '~snsShankMap': '(4,2,640)(0:0:0:1)(1:1:3:1)(3:0:1:0)',
};

async function coords(folder: string, ...argv: string[]): Promise<string> {
  let text = '';
  const io: CommandIO = { out: (part) => void (text += part), err: () => undefined, cwd: folder, signal: new AbortController().signal, interactive: false };
  await coordsCommand.run(argv, io);
  return text.trim();
}

async function metaFolder(): Promise<string> {
  const folder = temporaryFolder();
  await writeRecording(folder, { at: 'maus_g0_t0.imec0.ap', values: fourShanks });
  return folder;
}

const meta = 'maus_g0_t0.imec0.ap.meta';

describe('aftergate coords', () => {
  it('writes a table beside the meta and says where', async () => {
    const folder = await metaFolder();
    const file = await coords(folder, meta, '--to', 'text');
    expect(file).toBe(path.join(folder, 'maus_g0_t0.imec0.ap_siteCoords.txt'));
    expect(await fs.readFile(file, 'utf8')).toBe('0\t27\t0\t0\n1\t309\t45\t1\n2\t777\t15\t3\n');
  });

  it('writes a channel map for Kilosort; bad and unused sites are not connected', async () => {
    const folder = await metaFolder();
    const file = await coords(folder, meta, '--to', 'kilosort', '--bad', '0,384', '--dest', 'map.mat');
    expect(file).toBe(path.join(folder, 'map.mat'));
    const map = readMat5(await fs.readFile(file));
    expect(Object.fromEntries(Object.entries(map).map(([name, { values }]) => [name, values]))).toEqual({
      chanMap: [1, 2, 3], chanMap0ind: [0, 1, 2], connected: [0, 1, 0], name: 'maus_g0_t0.imec0.ap', xcoords: [27, 309, 777], ycoords: [0, 45, 15], kcoords: [1, 2, 4],
    });
    expect(map.connected).toMatchObject({ kind: 'logical', shape: [3, 1] });
  });

  it('writes parameters for JRClust; --compat is one shank pitch off', async () => {
    const folder = await metaFolder();
    const text = async (...more: string[]) => fs.readFile(await coords(folder, meta, '--to', 'jrclust', ...more), 'utf8');
    expect(await text()).toBe('shankMap = [1,2,4];\nsiteLoc = [27,0;309,45;777,15];\nsiteMap = [1,2,3];\n');
    expect(await text('--compat')).toContain('siteLoc = [277,0;559,45;1027,15];');
  });

  it('writes an (n, 2) array', async () => {
    const folder = await metaFolder();
    const array = await readNpy(await coords(folder, meta, '--to', 'npy'));
    expect(array).toMatchObject({ dtype: '<f8', shape: [3, 2] });
    expect([...npyNumbers(array)]).toEqual([27, 0, 309, 45, 777, 15]);
  });

  it('writes probeinterface', async () => {
    const folder = await metaFolder();
    const group = JSON.parse(await fs.readFile(await coords(folder, meta, '--to', 'probeinterface'), 'utf8')) as unknown;
    expect(group).toMatchObject({
      specification: 'probeinterface',
      probes: [{
        ndim: 2,
        si_units: 'um',
        annotations: { model_name: 'NP2013', manufacturer: 'imec' },
        contact_positions: [[27, 0], [309, 45], [777, 15]],
        contact_shapes: ['square', 'square', 'square'],
        contact_shape_params: [{ width: 12 }, { width: 12 }, { width: 12 }],
        device_channel_indices: [0, 1, -1],
        contact_ids: ['s0c0', 's1c50', 's3c99'],
        shank_ids: ['0', '1', '3'],
      }],
    });
  });

  it('completes an old meta and keeps the first original for good', async () => {
    const folder = await metaFolder();
    const original = await fs.readFile(path.join(folder, meta), 'utf8');
    await coords(folder, meta, '--to', 'meta');
    await coords(folder, meta, '--to', 'meta');
    expect(await fs.readFile(path.join(folder, 'maus_g0_t0.imec0.ap_orig.meta'), 'utf8')).toBe(original);
    const completed = await readMeta(path.join(folder, meta));
    expect(completed.values.get('imChan0apGain')).toBe('100');
    expect(geometry(completed)).toMatchObject({ source: 'geomMap', shankPitch: 250 });
    expect((await fs.readdir(folder)).toSorted()).toEqual([meta, 'maus_g0_t0.imec0.ap_orig.meta'].toSorted());
  });

  it('leaves the meta alone when there is a destination, which may be a folder', async () => {
    const folder = await metaFolder();
    const elsewhere = temporaryFolder();
    const before = await fs.readFile(path.join(folder, meta));
    expect(await coords(folder, meta, '--to', 'meta', '--dest', elsewhere)).toBe(path.join(elsewhere, meta));
    expect(await fs.readFile(path.join(folder, meta))).toEqual(before);
    expect(await fs.readdir(folder)).toEqual([meta]);
  });

  it('takes the .bin for its .meta', async () => {
    const folder = await metaFolder();
    expect(parseCoordsArguments(['a.imec0.ap.bin', '--to', 'npy'], folder).metaPath).toBe(path.join(folder, 'a.imec0.ap.meta'));
  });

  it.each([
    [[meta], 'coords needs --to'],
    [['--to', 'text'], 'coords needs a .meta file'],
    [[meta, 'b.meta', '--to', 'text'], "not also 'b.meta'"],
    [[meta, '--to', 'csv'], '--to csv'],
    [[meta, '--to', 'text', '--bad', '1-3'], "--bad: '1-3'"],
    [[meta, '--to', 'text', '--colour'], '--colour'],
  ])('%j is wrong usage', (argv, message) => {
    expect(() => parseCoordsArguments(argv, '/')).toThrow(UsageError);
    expect(() => parseCoordsArguments(argv, '/')).toThrow(message);
  });

  it('says which file is missing, or cannot be written', async () => {
    const folder = await metaFolder();
    await expect(coords(folder, 'none.meta', '--to', 'text')).rejects.toThrow('none.meta: no such file');
    // A folder stands where the file should go: the destination cannot be written.
    await fs.mkdir(path.join(folder, 'maus_g0_t0.imec0.ap_siteCoords.txt', 'full'), { recursive: true });
    const failure = await coords(folder, meta, '--to', 'text').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutputFileError);
    expect((failure as OutputFileError).next).toContain('--dest');
  });
});

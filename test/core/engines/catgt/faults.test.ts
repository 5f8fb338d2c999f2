// What real drives and real nights do: files missing, cut short, still growing, from old versions; disks full or
// read-only; operators who change their mind. A sentence that names the file, nothing that looks finished, recordings
// untouched.

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { InputFileError, isAbort, OutputFileError } from '../../../../core/common/index.ts';
import { checkSpace } from '../../../../core/engines/catgt/diskSpace.ts';
import { makeSparseRun, quickRun, sparseValue, type SimulatedFile, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, outputFile, pool, samplesOf } from './support.ts';

const spans = [
  { gate: 0, trigger: 0, fromS: 1.1, toS: 1.6 },
  { gate: 0, trigger: 1, fromS: 1.6, toS: 2.1 },
];
const ARGV = ['-g=0', '-t=0,1', '-ap', '-ni', '-prb=0', '-apfilter=butter,12,300,10000'];

let folder: string;
let run: SimulatedRun;
let dest: string;

beforeEach(async () => {
  folder = temporaryFolder();
  dest = path.join(folder, 'out');
  mkdirSync(dest);
  run = await quickRun(path.join(folder, 'raw'), { spans });
});

function file(label: string, trigger: number): SimulatedFile {
  return run.files.find((candidate) => candidate.label === label && candidate.trigger === trigger)!;
}

function editMeta(meta: string, change: (text: string) => string): void {
  writeFileSync(meta, change(readFileSync(meta, 'latin1')), 'latin1');
}

/** Everything under a folder, relative. */
function tree(of: string): string[] {
  return readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => { throw new Error('it did not fail'); },
    (error: unknown) => error as Error,
  );
}

describe('inputs that cannot be used', () => {
  test.each([
    ['a missing meta', (bad: SimulatedFile) => rmSync(bad.meta), /t1\.imec0\.ap\.meta: meta file not found, though its \.bin is there/],
    ['a missing binary', (bad: SimulatedFile) => rmSync(bad.bin), /t1\.imec0\.ap\.bin: binary file not found/],
    ['a truncated binary', (bad: SimulatedFile) => truncateSync(bad.bin, 1000), /t1\.imec0\.ap\.bin: truncated: it holds 29 samples/],
    ['a meta that is none', (bad: SimulatedFile) => writeFileSync(bad.meta, 'hello\n'), /t1\.imec0\.ap\.meta: not a SpikeGLX meta file/],
    ['another number of channels', (bad: SimulatedFile) => editMeta(bad.meta, (text) => text.replace('nSavedChans=17', 'nSavedChans=16').replace('0:15,768', '0:14,768').replace('16,0,1', '15,0,1')), /16 channels where .* has 17/],
  ])('%s is named, and nothing is written', async (_name, damage, sentence) => {
    damage(file('imec0.ap', 1));
    const error = await failure(catgt(run, ARGV, dest));
    expect(error).toBeInstanceOf(InputFileError);
    expect(error.message).toMatch(sentence);
    expect(tree(dest)).toEqual([]);
  });

  test('a run still being recorded is refused', async () => {
    const growing = file('imec0.ap', 1);
    editMeta(growing.meta, (text) => text.replace(/^file(SizeBytes|TimeSecs)=.*\r?\n/gm, ''));
    const writer = setInterval(() => appendFileSync(growing.bin, Buffer.alloc(34 * 100)), 50);
    const error = await failure(catgt(run, ARGV, dest)).finally(() => clearInterval(writer));
    expect(error.message).toMatch(/t1\.imec0\.ap\.bin: is still being recorded/);
    expect(tree(dest)).toEqual([]);
  });

  test('a startsecs beyond the file', async () => {
    const error = await failure(catgt(run, [...ARGV, '-startsecs=99'], dest));
    expect(error.message).toMatch(/-startsecs=99 is not before its end/);
  });
});

describe('inputs that are odd but usable', () => {
  test('a run that crashed: the length comes from the file', async () => {
    const last = file('imec0.ap', 1);
    editMeta(last.meta, (text) => text.replace(/^file(SizeBytes|TimeSecs)=.*\r?\n/gm, ''));
    truncateSync(last.bin, 34 * 10000);
    const { result, warnings } = await catgt(run, ARGV, dest);
    expect(warnings.join()).toMatch(/its length is taken from the file/);
    expect(result.streams.find(({ label }) => label === 'imec0.ap')!.samples).toBe(file('imec0.ap', 0).samples + 10000);
  });

  test('holes are allowed by -t_miss_ok', async () => {
    rmSync(file('imec0.ap', 0).meta);
    rmSync(file('imec0.ap', 0).bin);
    rmSync(file('nidq', 1).bin);
    const { result, warnings } = await catgt(run, [...ARGV, '-t_miss_ok'], dest);
    expect(result.streams.map(({ label }) => label).sort()).toEqual(['imec0.ap', 'nidq']);
    expect(warnings.join()).toMatch(/File not found '.*t1\.nidq\.bin'/);
    expect(warnings.join()).toMatch(/Meta file not found '.*t0\.imec0\.ap\.meta'/);
  });

  test('an output begins where its first file that is there does, also when an earlier one left its meta', async () => {
    rmSync(file('imec0.ap', 0).bin);
    const { result } = await catgt(run, [...ARGV, '-t_miss_ok'], dest);
    const meta = readFileSync(result.streams.find(({ label }) => label === 'imec0.ap')!.meta, 'utf8');
    expect(meta).toContain(`\nfirstSample=${file('imec0.ap', 1).firstSample}\n`);
    expect(meta).toContain('\ncatTVals=0,1\n'); // from the first that was asked for to the last that was read
  });

  test('a stream of which nothing is there is left out, and said to be', async () => {
    for (const trigger of [0, 1]) rmSync(file('imec0.ap', trigger).bin);
    const { result, warnings } = await catgt(run, [...ARGV, '-t_miss_ok'], dest);
    expect(result.streams.map(({ label }) => label)).toEqual(['nidq']);
    expect(warnings.join()).toMatch(/imec0\.ap is left out: none of its files is there/);
    expect(tree(dest).filter((name) => /imec0/.test(name))).toEqual([]);
  });

  test('an old meta without firstSample, imMaxInt and GeomMap, in Latin-1 with CRLF', async () => {
    const old = await quickRun(path.join(folder, 'old'), {
      spans,
      probe: { meta: { omit: ['firstSample', 'imMaxInt', '~snsGeomMap', 'imChan0apGain'], set: { userNotes: 'Prüfstand' }, latin1: true, crlf: true } },
    });
    const { warnings } = await catgt(old, [...ARGV, '-gblcar', '-gfix=0.4,0.1,0.02'], dest);
    expect(warnings.join()).toMatch(/joined without a gap: its meta or the one before has no firstSample/);
    expect(readFileSync(outputFile(dest, old, 'quick_g0_tcat.imec0.ap.meta')).includes(Buffer.from('userNotes=Prüfstand\n', 'latin1'))).toBe(true);
  });

  test('data at the end of thirty hours: sample numbers beyond 2^31', async () => {
    const seconds = 30 * 3600;
    const at = 29.99 * 3600;
    const rate = 30000;
    const start = Math.trunc(at * rate);
    const sparse = await makeSparseRun(path.join(folder, 'long'), { seconds, savedChannels: '0:7,384', islands: [{ sample: start + 100, samples: 50, word: 64 }] });
    expect(sparse.samples).toBeGreaterThan(2 ** 31);
    const meta = readFileSync(sparse.meta, 'utf8');
    const metaRate = Number(/imSampRate=(.*)/.exec(meta)![1]);
    const long = { dest: path.join(folder, 'long'), name: 'long', files: [] } as unknown as SimulatedRun;
    await catgt(long, ['-g=0', '-t=0', '-ap', '-prb=0', '-no_tshift', `-startsecs=${start / metaRate + 1e-9}`, '-maxsecs=0.02', '-xd=2,0,-1,6,0'], dest);
    const samples = samplesOf(outputFile(dest, long, 'long_g0_tcat.imec0.ap.bin'));
    const columns = sparse.columns;
    expect(samples[99 * columns]).toBe(0);
    expect(samples[120 * columns + 3]).toBe(sparseValue(start + 120, 3));
    expect(readFileSync(outputFile(dest, long, 'long_g0_tcat.imec0.ap.xd_8_6_0.txt'), 'utf8')).toBe(`${(100 / metaRate).toFixed(6)}\n`);
  });
});

describe('outputs that cannot be written', () => {
  test('a disk without room is told before anything is written', async () => {
    const error = await failure(checkSpace(dest, 1e18));
    expect(error).toBeInstanceOf(OutputFileError);
    expect(error.message).toMatch(/GB free, this run needs 1000000000 GB/);
  });

  test.runIf(process.platform === 'linux')('a disk that fills up while it is written', async () => {
    // /dev/full takes nothing; the worker's error must come back with its class and sentence.
    const task = { stream: blockOf(file('nidq', 0)), block: { position: 0, rows: 10, out: 0, first: 0, end: 10, stretch: 0 }, segments: [{ bin: file('nidq', 0).bin, start: 0, count: 10 }], outputRow: 0, keepOffset: 0 };
    const error = await failure(pool().run('catgt.block', task));
    expect(error).toBeInstanceOf(OutputFileError);
    expect(error.message).toBe('/dev/full: the disk is full');
  });

  test('where the output folder should be is a file', async () => {
    writeFileSync(path.join(dest, 'catgt_quick_g0'), '');
    const error = await failure(catgt(run, ARGV, dest));
    expect(error).toBeInstanceOf(OutputFileError);
    expect(error.message).toMatch(/catgt_quick_g0: a file of that name is in the way/);
  });

  test('one stream fails: the others are finished, and it leaves nothing', async () => {
    mkdirSync(path.join(dest, 'catgt_quick_g0', 'quick_g0_tcat.imec0.ap.bin'), { recursive: true });
    const error = await failure(catgt(run, ARGV, dest));
    expect(error.message).toContain('quick_g0_tcat.imec0.ap.bin');
    expect(tree(dest).filter((name) => /imec0|\.part$/.test(name))).toEqual([]);
    expect(existsSync(outputFile(dest, run, 'quick_g0_tcat.nidq.meta'))).toBe(true);
    expect(readFileSync(outputFile(dest, run, 'quick_g0_fyi.txt'), 'utf8')).not.toContain('sync_imec0');
  });

  test('an abort leaves nothing behind', async () => {
    const abort = new AbortController();
    const error = await failure(catgt(run, ARGV, dest, { signal: abort.signal, progress: () => abort.abort() }));
    expect(isAbort(error) || abort.signal.aborted).toBe(true);
    expect(tree(dest)).toEqual([]);
  });
});

test('recordings are never changed, and a second run replaces the first', async () => {
  const before = run.files.map(({ bin, meta }) => [hash(bin), hash(meta)]);
  await catgt(run, [...ARGV, '-gfix=0.4,0.1,0.02'], dest);
  const first = hash(outputFile(dest, run, 'quick_g0_tcat.imec0.ap.bin'));
  await catgt(run, [...ARGV, '-gfix=0.4,0.1,0.02'], dest);
  expect(hash(outputFile(dest, run, 'quick_g0_tcat.imec0.ap.bin'))).toBe(first);
  expect(run.files.map(({ bin, meta }) => [hash(bin), hash(meta)])).toEqual(before);
});

test('an extraction pass in place leaves metas alone and adds to the list', async () => {
  await catgt(run, [...ARGV, '-xd=0,0,-1,1,0', '-pass1_force_ni_ob_bin'], dest);
  const meta = outputFile(dest, run, 'quick_g0_tcat.nidq.meta');
  const before = readFileSync(meta, 'utf8');
  const processed = { ...run, dest, name: 'catgt_quick' };
  const { runCatGT, parseCatGTArguments } = await import('../../../../core/engines/catgt/index.ts');
  await runCatGT(parseCatGTArguments([`-dir=${processed.dest}`, `-run=${processed.name}`, '-g=0', '-t=cat', '-ni', '-no_tshift', '-bf=0,0,-1,0,4,3'], dest), { pool: pool(), log: () => undefined, warn: () => undefined });
  expect(readFileSync(meta, 'utf8')).toBe(before);
  const list = readFileSync(outputFile(dest, run, 'quick_g0_fyi.txt'), 'utf8');
  expect(list).toMatch(/times_ni_0=.*xd_\d_1_0\.txt\n/);
  expect(list).toMatch(/times_ni_1=.*bft_\d_0_4\.txt\n/);
  expect(list).toContain('sync_imec0=');
});

test('probe folders on another drive are read through -dir', async () => {
  const other = path.join(folder, 'drive D', 'quick_g0');
  mkdirSync(other, { recursive: true });
  renameSync(path.dirname(file('imec0.ap', 0).bin), path.join(other, 'quick_g0_imec0'));
  const moved = { ...run, dest: path.join(folder, 'drive D') };
  const { result } = await catgt(moved, ['-g=0', '-t=0,1', '-ap', '-prb=0'], dest);
  expect(result.streams).toHaveLength(1);
});

function hash(name: string): string {
  return createHash('sha256').update(readFileSync(name)).digest('hex');
}

/** The plainest stream there is, written to a device that is always full. */
function blockOf(source: SimulatedFile) {
  const chain = { columns: source.columns, neural: 0, rate: source.rate, shift: null, band: null, reference: null, used: [], numerics: 'native' };
  return { key: 'full', processing: { chain, plainCopy: true, negate: false, keepEvery: 1, excludedColumns: [], rebuilt: [] }, extractions: [], files: [{ path: '/dev/full' }] };
}


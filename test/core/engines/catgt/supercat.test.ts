// Supercat: runs that CatGT has processed, joined end to end. What must come out is worked out here from the files that
// went in, with the plainest arithmetic there is.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { InputFileError, JobError } from '../../../../core/common/index.ts';
import { canonicalCommand, parseCatGTArguments, runCatGT } from '../../../../core/engines/catgt/index.ts';
import { quickRun, type QuickOverrides, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { parseMeta, readMetaSync } from '../../../../core/spikeglx/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { pool, samplesOf } from './support.ts';

const EXTRACTORS = ['-xd=0,0,-1,3,40', '-xid=0,0,-1,3,0', '-bf=0,0,-1,4,4,3', '-xd=2,0,-1,3,0'];
const events: QuickOverrides['events'] = [{ name: 'door', widthsMs: [40], intervalS: 0.6, outlets: [{ stream: 'nidq', line: 3 }, { stream: 'imec0', line: 3 }] }];
const counters: QuickOverrides['counters'] = [{ stream: 'nidq', firstLine: 4, bits: 4, periodS: 0.7 }];

async function command(argv: readonly string[], folder: string, workers = 2) {
  const warnings: string[] = [];
  const options = parseCatGTArguments(argv, folder);
  const result = await runCatGT(options, { pool: pool(workers), log: () => undefined, warn: (line) => warnings.push(line) });
  return { result, warnings, options };
}

const firstPass = (run: SimulatedRun, dest: string, ...argv: string[]) =>
  command([`-dir=${run.dest}`, `-run=${run.name}`, '-g=0', '-t=0', '-prb_fld', '-out_prb_fld', '-ap', '-lf', '-ni', '-prb=0', '-pass1_force_ni_ob_bin', ...EXTRACTORS, ...argv, `-dest=${dest}`], dest);

const elements = (dest: string, ...runs: string[]) => `-supercat=${runs.map((run) => `{${dest},catgt_${run}_g0}`).join('')}`;
const SAME = ['-prb_fld', '-out_prb_fld', '-ap', '-lf', '-ni', '-prb=0', ...EXTRACTORS];

const text = (file: string) => readFileSync(file, 'utf8');
const numbers = (file: string) => text(file).split('\n').filter((line) => line !== '').map(Number);
const lines = (values: readonly number[]) => values.map((value) => `${value.toFixed(6)}\n`).join('');
const rateOf = (meta: string) => Number(/^(?:im|ni)SampRate=(.*)$/m.exec(text(meta))![1]);

const FILES = {
  ni: 'tcat.nidq',
  ap: 'imec0/tcat.imec0.ap',
  lf: 'imec0/tcat.imec0.lf',
};

/** Path without extension of a stream in the folder of a run: `tag` is catgt or supercat. */
function base(dest: string, tag: string, run: string, stream: keyof typeof FILES): string {
  const [file, folder] = FILES[stream].split('/').reverse();
  return path.join(dest, `${tag}_${run}_g0`, ...(folder === undefined ? [] : [`${run}_g0_${folder}`]), `${run}_g0_${file}`);
}

function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(() => { throw new Error('it did not fail'); }, (error: unknown) => error as Error);
}

let pass1: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  pass1 = path.join(folder, 'pass 1');
  mkdirSync(pass1);
  // Other clocks and other lengths; the sync wave is a square of one second.
  const early = await quickRun(path.join(folder, 'raw a'), { name: 'early', spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 5.4 }], events, counters, seed: 3 });
  const late = await quickRun(path.join(folder, 'raw b'), {
    name: 'late', spans: [{ gate: 0, trigger: 0, fromS: 2.6, toS: 8.1 }], events, counters, seed: 4, probe: { clock: { ppm: 12 } }, ni: { clock: { ppm: -30 } },
  });
  await firstPass(early, pass1, '-lffilter=butter,12,1,500');
  await firstPass(late, pass1, '-lffilter=butter,12,1,500');
});

let dest: string;

beforeEach(() => {
  dest = path.join(temporaryFolder(), 'out');
  mkdirSync(dest);
});

describe('untrimmed', () => {
  test('samples of all streams follow one another', async () => {
    await command([elements(pass1, 'early', 'late'), ...SAME, `-dest=${dest}`], dest);
    for (const stream of ['ni', 'ap', 'lf'] as const) {
      const [a, b] = ['early', 'late'].map((run) => readFileSync(`${base(pass1, 'catgt', run, stream)}.bin`));
      expect(readFileSync(`${base(dest, 'supercat', 'early', stream)}.bin`).equals(Buffer.concat([a, b]))).toBe(true);
    }
    expect(tree(dest).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('event times go on, at the rate of the first run', async () => {
    await command([elements(pass1, 'early', 'late'), ...SAME, `-dest=${dest}`], dest);
    for (const [stream, names] of [['ni', ['xd_2_0_500', 'xd_2_3_40', 'xid_2_3_0', 'bft_2_4_4']], ['ap', ['xd_16_6_500', 'xd_16_3_0']]] as const) {
      const [a, b] = ['early', 'late'].map((run) => base(pass1, 'catgt', run, stream));
      const [rateA, rateB] = [rateOf(`${a}.meta`), rateOf(`${b}.meta`)];
      const columns = stream === 'ni' ? 3 : 17;
      const offset = samplesOf(`${a}.bin`).length / columns / rateA;
      for (const name of names) {
        const late = numbers(`${b}.${name}.txt`);
        expect(late.length).toBeGreaterThan(2);
        expect(text(`${base(dest, 'supercat', 'early', stream)}.${name}.txt`)).toBe(text(`${a}.${name}.txt`) + lines(late.map((time) => time * (rateB / rateA) + offset)));
      }
      expect(rateB).not.toBe(rateA);
    }
    const values = (tag: string, folder: string, run: string) => text(`${base(folder, tag, run, 'ni')}.bfv_2_4_4.txt`);
    expect(values('supercat', dest, 'early')).toBe(values('catgt', pass1, 'early') + values('catgt', pass1, 'late'));
  });

  test('metas are those of the first run, without what its pass wrote', async () => {
    const { options } = await command([elements(pass1, 'early', 'late'), ...SAME, `-dest=${dest}`], dest);
    const before = readMetaSync(`${base(pass1, 'catgt', 'early', 'ap')}.meta`).values;
    const after = new Map(readMetaSync(`${base(dest, 'supercat', 'early', 'ap')}.meta`).values);
    const samples = samplesOf(`${base(dest, 'supercat', 'early', 'ap')}.bin`).length / 17;
    const expected = new Map([...before].filter(([key]) => !/^cat(GTCmdline0|NFiles|GVals|TVals)$/.test(key)));
    for (const [key, value] of Object.entries({
      catNRuns: 2, catGTCmdline: `<${canonicalCommand(options)}>`, fileName: `${base(dest, 'supercat', 'early', 'ap')}.bin`, fileCreateTime_original: before.get('fileCreateTime'),
      fileSHA1: 0, fileSizeBytes: samples * 34, fileTimeSecs: samples / rateOf(`${base(pass1, 'catgt', 'early', 'ap')}.meta`), fileCreateTime: after.get('fileCreateTime'),
    })) expected.set(key, String(value));
    expect([...after].sort()).toEqual([...expected].sort());
    expect(before.has('catGTCmdline0')).toBe(true);
  });

  test('lists name the outputs, and where each run begins', async () => {
    const { result } = await command([elements(pass1, 'early', 'late'), ...SAME, `-dest=${dest}`], dest);
    const top = `${dest}/supercat_early_g0`;
    expect(result).toMatchObject({ top, fyi: `${top}/early_g0_fyi.txt`, offsets: `${top}/early_g0_sc_offsets.txt` });
    expect(text(result.fyi!).split('\n')).toEqual([
      'ip2_ip1=(0,0)', `outpath_parent_probe0=${top}/early_g0_imec0`, `outpath_top=${top}`,
      `sync_imec0=${top}/early_g0_imec0/early_g0_tcat.imec0.ap.xd_16_6_500.txt`, `sync_ni=${top}/early_g0_tcat.nidq.xd_2_0_500.txt`,
      `times_imec0_0=${top}/early_g0_imec0/early_g0_tcat.imec0.ap.xd_16_3_0.txt`, `times_ni_0=${top}/early_g0_tcat.nidq.xd_2_3_40.txt`,
      `times_ni_1=${top}/early_g0_tcat.nidq.xid_2_3_0.txt`, `times_ni_2=${top}/early_g0_tcat.nidq.bft_2_4_4.txt`, '',
    ]);
    const rows = (['ap', 'lf', 'ni'] as const).map((stream) => {
      const [a, b] = ['early', 'late'].map((run) => `${base(pass1, 'catgt', run, stream)}`);
      return { name: { ap: 'imap0', lf: 'imlf0', ni: 'nidq' }[stream], offset: samplesOf(`${a}.bin`).length / (stream === 'ni' ? 3 : 17), rates: [rateOf(`${a}.meta`), rateOf(`${b}.meta`)] };
    });
    expect(text(result.offsets!)).toBe([
      ...rows.map(({ name, offset }) => `smp_${name}:\t0\t${offset}\n`),
      ...rows.map(({ name, offset, rates }) => `sec_${name}:\t0.000000\t${(offset / rates[0]).toFixed(6)}\n`),
      ...rows.map(({ name, rates }) => `srate_${name}:\t${rates[0].toFixed(6)}\t${rates[1].toFixed(6)}\n`),
    ].join(''));
  });

  test('a run may be joined to itself, any number of times', async () => {
    await command([elements(pass1, 'late', 'early', 'late'), '-prb_fld', '-lf', '-prb=0', `-dest=${dest}`], dest);
    const [a, b] = ['late', 'early'].map((run) => readFileSync(`${base(pass1, 'catgt', run, 'lf')}.bin`));
    // Without -out_prb_fld the output is flat.
    expect(readFileSync(path.join(dest, 'supercat_late_g0', 'late_g0_tcat.imec0.lf.bin')).equals(Buffer.concat([a, b, a]))).toBe(true);
  });

  test('without the binaries of NI their events are joined all the same', async () => {
    const { result } = await command([elements(pass1, 'early', 'late'), '-supercat_skip_ni_ob_bin', '-ni', ...EXTRACTORS.slice(0, 1), `-dest=${dest}`], dest);
    const ni = base(dest, 'supercat', 'early', 'ni');
    expect([existsSync(`${ni}.bin`), existsSync(`${ni}.xd_2_3_40.txt`)]).toEqual([false, true]);
    const meta = parseMeta(readFileSync(`${ni}.meta`), ni).values;
    expect([meta.get('fileName'), meta.get('fileSizeBytes')]).toEqual(['', String(['early', 'late'].reduce((sum, run) => sum + readFileSync(`${base(pass1, 'catgt', run, 'ni')}.bin`).length, 0))]);
    expect(result.streams[0]).toMatchObject({ label: 'nidq', binary: undefined });
  });

  test('1, 2, 3 and 7 workers write the same bytes', async () => {
    const all = [];
    for (const workers of [1, 2, 3, 7]) {
      const own = path.join(dest, String(workers));
      mkdirSync(own);
      await command([elements(pass1, 'early', 'late'), '-supercat_trim_edges', ...SAME, `-dest=${own}`], own, workers);
      const files = readdirSync(own, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
      const content = (file: string) => (file.endsWith('.bin') ? readFileSync(file).toString('latin1') : text(file).replaceAll(own, '').replace(/^(fileCreateTime|catGTCmdline)=.*$/gm, ''));
      all.push(files.map((file) => `${path.basename(file)} ${createHash('sha256').update(content(file)).digest('hex')}`));
    }
    for (const other of all.slice(1)) expect(other).toEqual(all[0]);
  });
});

describe('trimmed at sync edges', () => {
  const argv = (numerics = 'native') => [elements(pass1, 'early', 'late'), '-supercat_trim_edges', ...SAME, `-numerics=${numerics}`, `-dest=${dest}`];

  /** Head and tail edge of a run, s; all streams here have the same edges but for the last one of a cut-off pulse. */
  function edges(run: string, first: boolean): Record<'ni' | 'ap', { head: number; tail: number }> {
    const found = { ni: numbers(`${base(pass1, 'catgt', run, 'ni')}.xd_2_0_500.txt`), ap: numbers(`${base(pass1, 'catgt', run, 'ap')}.xd_16_6_500.txt`) };
    expect(found.ni.length).toBe(found.ap.length);
    return { ni: { head: first ? 0 : found.ni[0], tail: found.ni.at(-1)! }, ap: { head: first ? 0 : found.ap[0], tail: found.ap.at(-1)! } };
  }

  test('samples from behind the head edge to the tail edge, LF at its AP edges', async () => {
    await command(argv(), dest);
    for (const stream of ['ni', 'ap', 'lf'] as const) {
      const columns = stream === 'ni' ? 3 : 17;
      const parts = ['early', 'late'].map((run, index) => {
        const { head, tail } = edges(run, index === 0)[stream === 'lf' ? 'ap' : stream];
        const rate = rateOf(`${base(pass1, 'catgt', run, stream)}.meta`);
        return samplesOf(`${base(pass1, 'catgt', run, stream)}.bin`).subarray((index === 0 ? 0 : Math.trunc(head * rate) + 1) * columns, Math.trunc(tail * rate + 1) * columns);
      });
      const joined = samplesOf(`${base(dest, 'supercat', 'early', stream)}.bin`);
      expect(joined.length).toBe(parts[0].length + parts[1].length);
      expect(Buffer.from(joined.buffer, joined.byteOffset, joined.byteLength).equals(Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))))).toBe(true);
    }
  });

  test('events between the edges; the sync edges of the runs stay one period apart', async () => {
    await command(argv(), dest);
    const [a, b] = [edges('early', true).ni, edges('late', false).ni];
    const [rateA, rateB] = ['early', 'late'].map((run) => rateOf(`${base(pass1, 'catgt', run, 'ni')}.meta`));
    const offset = Math.trunc(a.tail * rateA + 1) / rateA;
    const of = (run: string, name: string, { head, tail }: { head: number; tail: number }) => numbers(`${base(pass1, 'catgt', run, 'ni')}.${name}.txt`).filter((time) => time > head && time <= tail);
    for (const name of ['xd_2_0_500', 'xd_2_3_40', 'bft_2_4_4']) {
      const lacking = name.startsWith('bft') ? 0 : 1 / rateA;
      const expected = [...of('early', name, a), ...of('late', name, b).map((time) => time * (rateB / rateA) + offset - b.head * (rateB / rateA) - lacking)];
      expect(text(`${base(dest, 'supercat', 'early', 'ni')}.${name}.txt`)).toBe(lines(expected));
    }
    const sync = numbers(`${base(dest, 'supercat', 'early', 'ni')}.xd_2_0_500.txt`);
    for (const [index, time] of sync.entries()) if (index > 0) expect(time - sync[index - 1]).toBeCloseTo(1, 3);
    expect(numbers(`${base(dest, 'supercat', 'early', 'ni')}.bfv_2_4_4.txt`)).toHaveLength(numbers(`${base(dest, 'supercat', 'early', 'ni')}.bft_2_4_4.txt`).length);
  });

  test('exact: an event is where its sample came to lie', async () => {
    await command(argv('exact'), dest);
    const ni = base(dest, 'supercat', 'early', 'ni');
    const rate = rateOf(`${ni}.meta`);
    const samples = samplesOf(`${ni}.bin`);
    const word = (sample: number) => (samples[sample * 3 + 2] >> 4) & 15;
    const times = numbers(`${ni}.bft_2_4_4.txt`);
    const values = numbers(`${ni}.bfv_2_4_4.txt`);
    expect(times[0]).toBe(0);
    for (const [index, time] of times.entries()) {
      const sample = Math.round(time * rate);
      expect(word(sample)).toBe(values[index]);
      if (sample > 0) expect(word(sample - 1)).not.toBe(values[index]);
    }
    for (const time of numbers(`${ni}.xd_2_3_40.txt`)) {
      const sample = Math.round(time * rate);
      expect([samples[(sample - 1) * 3 + 2] & 8, samples[sample * 3 + 2] & 8]).toEqual([0, 8]);
    }
  });

  test('LF alone is cut where its probe has edges', async () => {
    await command(argv(), dest);
    const own = path.join(dest, 'lf');
    mkdirSync(own);
    await command([elements(pass1, 'early', 'late'), '-supercat_trim_edges', '-prb_fld', '-out_prb_fld', '-lf', '-prb=0', `-dest=${own}`], own);
    expect(readFileSync(`${base(own, 'supercat', 'early', 'lf')}.bin`).equals(readFileSync(`${base(dest, 'supercat', 'early', 'lf')}.bin`))).toBe(true);
    expect(tree(own).filter((name) => /xd_/.test(name))).toEqual([]);
  });
});

describe('what cannot be joined is said before anything is written', () => {
  let copy: string;
  const join = (...more: string[]) => command([elements(copy, 'early', 'late'), ...SAME, ...more, `-dest=${dest}`], dest);

  beforeEach(() => {
    copy = path.join(temporaryFolder(), 'kopie ä');
    cpSync(pass1, copy, { recursive: true });
  });

  test.each<[string, () => void, RegExp]>([
    ['a run that was not processed', () => rmSync(path.join(copy, 'catgt_late_g0'), { recursive: true }), /late_g0_fyi\.txt: no such file: supercat joins what CatGT has made/],
    ['a list that is none', () => writeFileSync(path.join(copy, 'catgt_late_g0', 'late_g0_fyi.txt'), 'hello=1\n'), /late_g0_fyi\.txt: has no 'jsip_nchan'/],
    ['a list without a stream', () => edit(path.join(copy, 'catgt_late_g0', 'late_g0_fyi.txt'), (list) => list.replace(/\(3,0,[\d.]+\)/g, '')), /late_g0_fyi\.txt: does not list imec0\.lf/],
    ['a meta that is missing', () => rmSync(`${base(copy, 'catgt', 'late', 'ap')}.meta`), /late_g0_tcat\.imec0\.ap\.meta: meta file not found/],
    ['a binary that is missing', () => rmSync(`${base(copy, 'catgt', 'late', 'ni')}.bin`), /late_g0_tcat\.nidq\.bin: binary file not found/],
    ['a binary that was cut short', () => truncateSync(`${base(copy, 'catgt', 'early', 'lf')}.bin`, 1001), /early_g0_tcat\.imec0\.lf\.bin: holds 29 samples where its meta says \d+/],
    ['an extractor that the first pass did not have', () => rmSync(`${base(copy, 'catgt', 'late', 'ni')}.bfv_2_4_4.txt`), /late_g0_tcat\.nidq\.bfv_2_4_4\.txt: event file not found/],
    ['another number of channels', () => edit(`${base(copy, 'catgt', 'late', 'ap')}.meta`, (meta) => meta.replace('nSavedChans=17', 'nSavedChans=16').replace('0:15,768', '0:14,768').replace('snsApLfSy=16,0,1', 'snsApLfSy=15,0,1')), /has 16 channels where the first run has 17/],
  ])('%s', async (_name, damage, sentence) => {
    damage();
    const error = await failure(join());
    expect(error).toBeInstanceOf(InputFileError);
    expect(error.message).toMatch(sentence);
    expect(tree(dest)).toEqual([]);
  });

  test('too few edges', async () => {
    writeFileSync(`${base(copy, 'catgt', 'late', 'ap')}.xd_16_6_500.txt`, '0.5\n');
    const error = await failure(join('-supercat_trim_edges'));
    expect(error.message).toMatch(/late_g0_tcat\.imec0\.ap\.xd_16_6_500\.txt: -supercat_trim_edges found fewer than 2 edges/);
    expect(tree(dest)).toEqual([]);
  });

  test('a values file with too few lines spoils its stream alone', async () => {
    writeFileSync(`${base(copy, 'catgt', 'late', 'ni')}.bfv_2_4_4.txt`, '1\n');
    const error = await failure(join());
    expect(error.message).toMatch(/bfv_2_4_4\.txt: has fewer lines than/);
    expect(tree(dest).filter((name) => /nidq|\.part$/.test(name))).toEqual([]);
    expect(existsSync(`${base(dest, 'supercat', 'early', 'ap')}.meta`)).toBe(true);
    expect(text(path.join(dest, 'supercat_early_g0', 'early_g0_fyi.txt'))).not.toContain('sync_ni');
  });

  test('probes that the first run does not have are left out with a warning; none at all is an error', async () => {
    const { warnings, result } = await join('-prb=0,4');
    expect(warnings).toEqual(expect.arrayContaining([expect.stringMatching(/imec4\.ap is left out: .*early_g0_fyi\.txt has no probe 4/)]));
    expect(result.streams.map(({ label }) => label)).toEqual(['nidq', 'imec0.ap', 'imec0.lf']);
    expect(await failure(command([elements(copy, 'early', 'late'), '-ap', '-prb=7', `-dest=${dest}`], dest))).toBeInstanceOf(JobError);
  });

  test('-prb_miss_ok: a probe without a file in the first run', async () => {
    rmSync(`${base(copy, 'catgt', 'early', 'lf')}.meta`);
    const { warnings, result } = await join('-prb_miss_ok');
    expect(warnings.join()).toMatch(/imec0\.lf is left out: .* is missing/);
    expect(result.streams.map(({ label }) => label)).toEqual(['nidq', 'imec0.ap']);
  });

  test('an abort leaves nothing behind', async () => {
    const abort = new AbortController();
    const options = parseCatGTArguments([elements(copy, 'early', 'late'), ...SAME, `-dest=${dest}`], dest);
    const error = await failure(runCatGT(options, { pool: pool(), signal: abort.signal, log: () => undefined, warn: () => undefined, progress: () => abort.abort() }));
    expect(abort.signal.aborted).toBe(true);
    expect(error.message).toMatch(/abort/i);
    expect(tree(dest)).toEqual([]);
  });
});

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

// -edits: what was put in place of recorded samples, in rows of the file beside which it is written.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type EditedStream, editRows } from '../../../../core/engines/catgt/text/edits.ts';
import { formatEdits } from '../../../../core/formats/spanFiles/index.ts';
import { quickRun, type SimulatedRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { catgt, expected, outputFile } from './support.ts';

const HEADER = 'kind,start_sample,samples,start_s,seconds,gap_samples,detail';

const text = (stream: EditedStream) => formatEdits(editRows(stream));

describe('the list', () => {
  test('is in order of rows, whatever was done first', () => {
    const edits = [{ left: 30, length: 12 }, { left: 900, length: 5 }];
    const fills = [{ out: 500, length: 100, gap: 250, beforeFile: 'b.bin', afterFile: 'a, "old".bin', atEnd: false }];
    expect(text({ edits, fills, rate: 1000, lines: true }).split('\n')).toEqual([
      HEADER, 'gfix,30,12,0.030000,0.012000,,line', 'fill,500,100,0.500000,0.100000,250,"a, ""old"".bin"', 'gfix,900,5,0.900000,0.005000,,line', '',
    ]);
    expect(text({ edits: edits.slice(1), fills: [], rate: 1000, lines: false })).toBe(`${HEADER}\ngfix,900,5,0.900000,0.005000,,zeros\n`);
  });

  test('says that nothing was done', () => expect(text({ edits: [], fills: [], rate: 1000, lines: true })).toBe(`${HEADER}\n`));
});

describe('beside the files', () => {
  const spans = [{ gate: 0, trigger: 0, fromS: 1.1, toS: 2.3 }, { gate: 0, trigger: 1, fromS: 2.307, toS: 3.2 }];
  let folder: string;
  let run: SimulatedRun;
  beforeAll(async () => {
    folder = temporaryFolder();
    run = await quickRun(path.join(folder, 'raw'), { spans, artefacts: [1.3, 2.1, 2.9], seed: 5 });
  });
  const rowsOf = (dest: string, name: string) => readFileSync(outputFile(dest, run, name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

  test('holds the edits and fills that the oracle makes; a gap closed up is told with its true length', async () => {
    const gfix = ['-apfilter=butter,12,300,10000', '-gfix=0.4,0.1,0.02'];
    const job = { filter: { type: 'butter', order: 12, high: 300, low: 10000 }, gfix: { amp: 0.4, slope: 0.1, base: 0.02 } } as const;
    for (const [name, argv, more] of [['whole', [], {}], ['closed', ['-zerofillmax=0'], { zeroFillMaxMs: 0 }]] as const) {
      const dest = path.join(folder, name);
      mkdirSync(dest);
      const { result } = await catgt(run, ['-g=0', '-t=0,1', '-ap', '-prb=0', ...gfix, ...argv, '-edits'], dest);
      const rows = rowsOf(dest, 'quick_g0_tcat.imec0.ap.edits.csv');
      const oracle = expected(run, 'imec0.ap', ['imec0.ap'], { ...job, ...more });
      expect(rows.filter(([kind]) => kind === 'gfix').map(([, start, samples]) => [Number(start), Number(samples)])).toEqual(result.streams[0].edits.map(({ left, length }) => [left, length]));
      expect(result.streams[0].edits.length).toBe(oracle.edits.length);
      const fill = rows.find(([kind]) => kind === 'fill')!;
      expect(fill[6]).toBe('quick_g0_t0.imec0.ap.bin');
      expect(Number(fill[5])).toBe(result.streams[0].fills[0].gap);
      if (name === 'whole') expect(oracle.fills).toEqual([{ start: Number(fill[1]), length: Number(fill[2]) }]);
      else expect(fill[2]).toBe('0');
      expect(rows.map(([, start]) => Number(start))).toEqual(rows.map(([, start]) => Number(start)).sort((a, b) => a - b));
    }
  });

  test('every file of chosen channels has its own; the health is told once', async () => {
    const dest = path.join(folder, 'chosen');
    mkdirSync(dest);
    await catgt(run, ['-g=0', '-t=0,1', '-ap', '-prb=0', '-save=2,0,0,0:9,768', '-save=2,0,5,3:15', '-edits', '-health'], dest);
    const names = readdirSync(path.join(dest, `catgt_${run.name}_g0`)).filter((name) => /\.(csv|json)$/.test(name)).sort();
    expect(names).toEqual(['quick_g0_tcat.imec0.ap.edits.csv', 'quick_g0_tcat.imec0.ap.health.json', 'quick_g0_tcat.imec5.ap.edits.csv']);
  });

  test('an abort leaves none of them', async () => {
    const dest = path.join(folder, 'aborted');
    mkdirSync(dest);
    const abort = new AbortController();
    await catgt(run, ['-g=0', '-t=0,1', '-ap', '-prb=0', '-edits', '-health'], dest, { signal: abort.signal, progress: () => abort.abort() }).catch(() => undefined);
    expect(readdirSync(dest, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
  });
});

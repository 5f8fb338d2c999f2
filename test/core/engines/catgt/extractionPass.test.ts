// The extraction pass alone (-t=cat): events of files that an earlier pass made; and what the log says of long or faulty runs.

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parseCatGTArguments, runCatGT } from '../../../../core/engines/catgt/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { pool } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

async function catgt(...argv: string[]) {
  const log: string[] = [];
  const { streams } = await runCatGT(parseCatGTArguments(argv, folder), { pool: pool(), log: (line) => log.push(line), warn: (line) => log.push(line) });
  return { streams, log };
}

function below(name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  return made.replaceAll('\\', '/'); // as CatGT writes paths, on Windows too
}

test('an extraction pass into another folder: event files, metas without binary, a list of its own', async () => {
  const raw = await quickRun(path.join(folder, 'raw'), { events: [{ name: 'door', widthsMs: [40], firstS: 1.4, intervalS: 0.3, outlets: [{ stream: 'nidq', line: 3 }, { stream: 'imec0', line: 3 }] }] });
  const [first, second] = [below('first'), below('ünd dann')];
  await catgt(`-dir=${raw.dest}`, '-run=quick', '-g=0', '-t=0', '-prb_fld', '-ap', '-lf', '-ni', '-prb=0', '-pass1_force_ni_ob_bin', `-dest=${first}`, '-out_prb_fld');
  const { streams, log } = await catgt(`-dir=${first}`, '-run=catgt_quick', '-g=0', '-t=cat', '-no_tshift', '-prb_fld', '-ap', '-lf', '-ni', '-prb=0', '-xd=0,0,-1,3,40', '-xid=2,0,-1,3,0', `-dest=${second}`);

  const top = `${second}/catgt_quick_g0`;
  expect(streams.map(({ label, binary, events }) => [label, binary, events.map(({ file }) => path.relative(top, file))])).toEqual([
    ['nidq', undefined, ['quick_g0_tcat.nidq.xd_2_0_500.txt', 'quick_g0_tcat.nidq.xd_2_3_40.txt']],
    ['imec0.ap', undefined, ['quick_g0_tcat.imec0.ap.xd_16_6_500.txt', 'quick_g0_tcat.imec0.ap.xid_16_3_0.txt']],
    ['imec0.lf', undefined, []],
  ]);
  expect(log.filter((line) => line.startsWith('Done')).sort()).toEqual(['Done imap0: tcat.', 'Done imlf0: tcat.', 'Done nidq: tcat.']);
  expect(readFileSync(path.join(top, 'quick_g0_tcat.imec0.ap.meta'), 'utf8')).toMatch(/catGTCmdline0=<CatGT -dir.*\ncatGTCmdline1=<CatGT -dir.* -t=cat .*\ncatGVals=0,0\ncatNFiles=1\ncatTVals=-1,-1\n[^]*\nfileName=\n/);
  expect(readFileSync(path.join(top, 'quick_g0_fyi.txt'), 'utf8').split('\n').filter((line) => !line.startsWith('jsip'))).toEqual([
    'ip2_ip1=(0,0)',
    `outpath_top=${top}`,
    `supercat_element={${second},catgt_quick_g0}`,
    `sync_imec0=${top}/quick_g0_tcat.imec0.ap.xd_16_6_500.txt`,
    `sync_ni=${top}/quick_g0_tcat.nidq.xd_2_0_500.txt`,
    `times_imec0_0=${top}/quick_g0_tcat.imec0.ap.xid_16_3_0.txt`,
    `times_ni_0=${top}/quick_g0_tcat.nidq.xd_2_3_40.txt`,
    '',
  ]);
});

test('the log says after every 20 files how far a stream is, and names the first file whose probe reported errors', async () => {
  const spans = Array.from({ length: 41 }, (_, trigger) => ({ gate: 0, trigger, fromS: 1.1 + trigger / 100, toS: 1.11 + trigger / 100 }));
  const raw = await quickRun(path.join(folder, 'raw'), { spans, ni: null, probe: { lf: false, meta: { set: { imErrFlags0_IS_CT_SR_LK_PP_SY_MS: '0 3 0 1 0 0 0' } } } });
  const { log } = await catgt(`-dir=${raw.dest}`, '-run=quick', '-g=0', '-t=0,40', '-prb_fld', '-ap', '-prb=0', `-dest=${below('out')}`);
  expect(log.filter((line) => line.startsWith('Done'))).toEqual(['Done imap0: 20 of 41.', 'Done imap0: 40 of 41.']);
  expect(log).toContain("imec0.ap: the probe reported errors while recording 'quick_g0_t0.imec0.ap.bin' (imErrFlags0: CT 3, LK 1), 40 more of its files too.");
});

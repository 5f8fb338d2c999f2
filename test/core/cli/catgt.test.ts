// `aftergate catgt`: CatGT's own options, its log, and what is told when it is done.

import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { catgtCommand } from '../../../core/cli/catgt.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testIO } from './commandIO.ts';

test('what was found about a recording is told under its stream, and logged', async () => {
  const folder = temporaryFolder();
  await quickRun(path.join(folder, 'raw'), { seconds: 0.8, ni: null, artefacts: [1.4], probe: { savedChannels: '4:27', lf: false, dead: '6' } });
  const out = path.join(folder, 'out');
  await fs.mkdir(out);
  const io = testIO(folder);
  await catgtCommand.run([`-dir=${path.join(folder, 'raw')}`, '-run=quick', '-g=0', '-t=0', '-prb_fld', '-ap', '-prb=0', '-apfilter=butter,12,300,10000', '-gblcar', '-health', '-bad_channels=exclude', `-dest=${out}`], io);
  const [stream, bad, health, place] = io.stderr().split('\n').filter((line) => !/%$/.test(line));
  expect(stream).toMatch(/^imec0\.ap: 0\.80 s in .*, 0 gaps, 0 gfix edits, 1 event file$/);
  expect(bad).toMatch(/^ {2}imec0\.ap: bad channels in 2 snippets of 0\.7 s together: dead 6 \(1 left out of CAR and gfix\)\.$/);
  expect(health).toMatch(/^ {2}imec0\.ap: 0\.00\d+ s saturated \(0\.\d+ %\)\.$/);
  expect(place).toBe(`output in ${path.join(out, 'catgt_quick_g0')}`);
  expect(await fs.readFile(path.join(folder, 'CatGT.log'), 'utf8')).toContain(bad.trim());
});

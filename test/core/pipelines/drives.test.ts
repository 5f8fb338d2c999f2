import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { failuresOf, runSession } from '../../../core/pipelines/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testModules, testPool, tree } from './support.ts';

it('a run spread over two drives gives the same files as on one', async () => {
  const root = temporaryFolder();
  const [first, second] = ['C drive', 'D drive'].map((name) => path.join(root, name));
  await quickRun(first, {
    name: 'night',
    spans: [[0, 0, 1.1, 2.1], [0, 1, 2.3, 3], [1, 0, 4, 5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS })),
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
  });
  const session = {
    version: 1, kind: 'multi-run', npx_directory: [first], run_specs: [['night', ['0', '1'], 'start,end', '0:1']], catGT_dest: path.join(root, 'out'), json_directory: path.join(root, 'json'), modules: ['spike_sorter', 'quality_metrics'],
  };
  const results = async (drives: readonly string[]) => {
    for (const folder of ['out', 'json']) await fs.rm(path.join(root, folder), { recursive: true, force: true });
    const report = await runSession({ ...session, npx_directory: drives }, root, { pool: testPool(), modules: testModules, warn: () => undefined });
    expect(failuresOf(report)).toEqual([]);
    const files = Object.entries(await tree(path.join(root, 'out'))).filter(([name]) => !name.endsWith('-input.json'));
    // The metas hold the command line and the input folders.
    return Object.fromEntries(files.map(([name, text]) => [name, text.replace(/^catGTCmdline\d+=.*$/gm, '')]));
  };
  const onOne = await results([first]);
  for (const gate of [0, 1]) {
    await fs.mkdir(path.join(second, `night_g${gate}`), { recursive: true });
    await fs.rename(path.join(first, `night_g${gate}`, `night_g${gate}_imec1`), path.join(second, `night_g${gate}`, `night_g${gate}_imec1`));
  }
  expect(await results([first, second])).toEqual(onOne);
});

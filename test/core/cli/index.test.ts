// The command as it is started from a shell.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../../package.json';

const aftergate = (...argv: string[]) => spawnSync(process.execPath, [path.resolve(import.meta.dirname, '..', '..', '..', 'dist', 'cli', 'index.js'), ...argv], { encoding: 'utf8' });

test('it tells its version, and lists its commands', () => {
  expect(aftergate('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(aftergate()).toMatchObject({ status: 0, stdout: expect.stringContaining('  catgt ') as string });
});

test('what it does not know is wrong usage', () => {
  expect(aftergate('catgd')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining("unknown command 'catgd'") as string });
  expect(aftergate('tprime', '-no_such=1')).toMatchObject({ status: 2, stderr: expect.stringContaining("unknown option '-no_such'") as string });
});

// What the screens are told when something goes wrong.

import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { toFailure } from '../../../../core/service/house/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

test('a file that went away is named, and no bug is reported', async () => {
  const file = path.join(temporaryFolder(), 'gone.bin');
  const error: unknown = await fs.stat(file).catch((reason: unknown) => reason);
  expect(toFailure(error)).toMatchObject({ tag: 'input-file', text: expect.stringContaining(file) as string, next: expect.any(String) as string });
});

test('what nobody foresaw is a bug, with its stack', () => {
  expect(toFailure(new TypeError('x is undefined'))).toMatchObject({ tag: 'bug', details: expect.stringContaining('failure.test.ts') as string });
});

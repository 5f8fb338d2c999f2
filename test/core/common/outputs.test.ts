import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openOutputs, OutputFileError, writeWhole } from '../../../core/common/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

describe('output files', () => {
  test('nothing has its final name before commit', async () => {
    const folder = temporaryFolder();
    const outputs = openOutputs();
    await outputs.write(path.join(folder, 'deep', 'a.txt'), 'a');
    writeFileSync(await outputs.add(path.join(folder, 'b.bin')), 'b');
    expect(existsSync(path.join(folder, 'deep', 'a.txt'))).toBe(false);
    await outputs.commit();
    expect(readFileSync(path.join(folder, 'deep', 'a.txt'), 'utf8')).toBe('a');
    expect(readdirSync(folder).sort()).toEqual(['b.bin', 'deep']);
  });

  test('discard leaves what was there before', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.txt');
    await writeWhole(file, 'old');
    const outputs = openOutputs();
    await outputs.write(file, 'new');
    await outputs.discard();
    expect(readdirSync(folder)).toEqual(['a.txt']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test.runIf(process.platform === 'linux')('a file system that makes no folders says so at once', async () => {
    await expect(writeWhole('/proc/aftergate/a.txt', 'a')).rejects.toThrow(OutputFileError);
  });

  test('a folder that cannot be made is named', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const error = await writeWhole(path.join(folder, 'file', 'a.txt'), 'a').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutputFileError);
    expect((error as OutputFileError).message).toContain(path.join(folder, 'file'));
  });
});

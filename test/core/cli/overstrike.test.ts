import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { overstrikeCommand } from '../../../core/cli/overstrike.ts';
import { UsageError } from '../../../core/common/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { readColumns, untouched, writeRecording } from '../engines/overstrike/recording.ts';
import { testIO } from './commandIO.ts';

describe('aftergate overstrike', () => {
  it('edits the file in place, and takes it back', async () => {
    const io = testIO(temporaryFolder());
    const file = await writeRecording(io.cwd);
    const given = `-file=${path.basename(file)}`;
    await overstrikeCommand.run([given, '-secs=0.1,0.2'], io);
    expect((await readColumns(file))[0].slice(9, 21)).toEqual([9, ...Array<number>(10).fill(0), 20]);
    await overstrikeCommand.run([given, '--undo'], io);
    expect(await readColumns(file)).toEqual(untouched());
    const log = await fs.readFile(path.join(io.cwd, 'OverStrike.log'), 'utf8');
    expect(log).toContain(`Cmdline: OverStrike -file=${file} -secs=0.1,0.2\n`);
    expect(log).toContain('Samples 10 to 19 of 4 channels overstruck; 1 edits can be taken back\n');
    expect(log).toContain('Samples 10 to 19 of 5 channels restored; 0 edits can be taken back\n');
  });

  it('refuses wrong usage', async () => {
    await expect(overstrikeCommand.run(['-file=x.bin'], testIO(temporaryFolder()))).rejects.toThrow(UsageError);
  });
});

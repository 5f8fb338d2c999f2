import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tprimeCommand } from '../../../core/cli/tprime.ts';
import { InputFileError, UsageError } from '../../../core/common/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { testIO, type TestIO } from './commandIO.ts';

let io: TestIO;
const at = (name: string) => path.join(io.cwd, name);
const logLines = async () => (await fs.readFile(at('TPrime.log'), 'utf8')).split('\n').map((line) => line.replace(/^\[Thd [^\]]*\] /, ''));
const argv = ['-syncperiod=1.0', '-tostream=to.txt', '-fromstream=7,from.txt', '-events=7,in.txt,out.txt'];

beforeEach(async () => {
  io = testIO(temporaryFolder());
  await fs.writeFile(at('to.txt'), '0.5\n1.5\n');
  await fs.writeFile(at('from.txt'), '0.25\n1.25\n');
  await fs.writeFile(at('in.txt'), '1\n2\n');
});

describe('aftergate tprime', () => {
  it('maps the events and appends the command and the figures to TPrime.log', async () => {
    await tprimeCommand.run(argv, io);
    expect(await fs.readFile(at('out.txt'), 'utf8')).toBe('1.250000\n2.250000\n');
    const [command, figures] = await logLines();
    expect(command).toBe(`Cmdline: TPrime -syncperiod=1.000000 -tostream=${at('to.txt')} -fromstream=7,${at('from.txt')} -events=7,${at('in.txt')},${at('out.txt')}`);
    expect(figures).toBe('Stream 7: 2 of 2 edges used, 0 missing, 0 extra, clock 0.000 ppm, residual SD 0.0000 max 0.0000 ms');
    expect(io.stdout()).toBe('');
  });

  it('interpolates when told to, and its figures say so', async () => {
    await fs.writeFile(at('to.txt'), '0.5\n1.501\n2.502\n');
    await fs.writeFile(at('from.txt'), '0.25\n1.25\n2.25\n');
    await tprimeCommand.run([...argv, '-tprime_interp'], io);
    expect(await fs.readFile(at('out.txt'), 'utf8')).toBe('1.250750\n2.251750\n');
    const [command, figures] = await logLines();
    expect(command).toMatch(/ -tprime_interp$/);
    expect(figures).toBe('Stream 7: 3 of 3 edges used, 0 missing, 0 extra, clock -999.001 ppm, residual SD 0.0000 max 1.0000 ms; interpolated, residual of an edge left out SD 0.0000 median 0.0000 max 0.0000 ms (1 edges), 0 off the line, 0 jumps');
    expect(tprimeCommand.usage).toContain('-tprime_interp');
  });

  it('fails where the native tool only notes it, and notes it, too', async () => {
    await fs.rm(at('to.txt'));
    await expect(tprimeCommand.run(argv, io)).rejects.toThrow(InputFileError);
    expect((await logLines())[1]).toBe(`${at('to.txt')}: no such file or folder`);
  });

  it('prints warnings', async () => {
    await fs.writeFile(at('in.txt'), '2\n1\n');
    await tprimeCommand.run(argv, io);
    expect(io.stderr()).toContain('in.txt: 1 of 2 events');
  });

  it('refuses wrong usage before it logs anything', async () => {
    await expect(tprimeCommand.run(['-syncperiod=1.0'], io)).rejects.toThrow(UsageError);
    expect(await fs.readdir(io.cwd)).not.toContain('TPrime.log');
  });
});

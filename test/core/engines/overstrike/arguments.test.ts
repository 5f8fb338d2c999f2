import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { overStrikeCommandLine, parseOverStrikeArguments } from '../../../../core/engines/overstrike/index.ts';

const cwd = path.resolve('/data');
const file = path.join(cwd, 'x.bin');
const parse = (...argv: string[]) => parseOverStrikeArguments(argv, cwd);

describe('the command line of OverStrike', () => {
  it('takes seconds or samples, in both spellings; samples win', () => {
    const seconds = { unit: 'seconds', start: 0.5, end: 1.25 };
    const samples = { unit: 'samples', start: 10, end: 20 };
    expect(parse('-file=x.bin', '-secs=0.5,1.25')).toEqual({ undo: false, file, range: seconds, lineFill: false });
    expect(parse('-file=x.bin', '-samp=10,20')).toMatchObject({ range: samples });
    expect(parse('-samps=10,20', '-secs=0.5,1.25', '-file=x.bin')).toMatchObject({ range: samples });
  });

  it('takes channels and the kind of fill', () => {
    expect(parse('-file=x.bin', '-samps=1,2', '-chans=3,10:12', '-linefill')).toMatchObject({ channels: [3, 10, 11, 12], lineFill: true });
    expect(parse('-file=x.bin', '-samps=1,2', '-chans=all')).not.toHaveProperty('channels', expect.anything());
  });

  it('takes back with --undo, and comes as one argument, too', () => {
    expect(parse('-file=x.bin', '--undo')).toEqual({ undo: true, file });
    expect(parse('-file=my x.bin --undo')).toEqual({ undo: true, file: path.join(cwd, 'my x.bin') });
  });

  it('is printed in the canonical form', () => {
    expect(overStrikeCommandLine(parse('-linefill', '-secs=0.50,1.25', '-file=x.bin', '-chans=2,1'))).toBe(`OverStrike -file=${file} -secs=0.5,1.25 -chans=1:2 -linefill`);
    expect(overStrikeCommandLine(parse('-file=x.bin', '-samp=100000000,200000000'))).toBe(`OverStrike -file=${file} -samps=100000000,200000000`);
    expect(overStrikeCommandLine(parse('-file=x.bin', '-undo'))).toBe(`OverStrike -file=${file} --undo`);
  });

  it.each([
    [['-secs=1,2'], '-file'],
    [['-file=x.bin'], '-secs'],
    [['-file=x.bin', '-secs=1'], '-secs=1'],
    [['-file=x.bin', '-secs=2,1'], '-secs=2,1'],
    [['-file=x.bin', '-secs=1,1'], '-secs=1,1'],
    [['-file=x.bin', '-samps=1.5,2'], '-samps=1.5,2'],
    [['-file=x.bin', '-samp=1,2,3'], '-samp=1,2,3'],
    [['-file=x.bin', '-samp=1,2', '-chans=a'], '-chans=a'],
    [['-file=x.bin', '-samp=1,2', '--undo'], '--undo'],
    [['-file=', '-samp=1,2'], '-file'],
    [['-file=x.bin', '-samples=1,2'], '-samples'],
  ])('%j is refused, naming %s', (argv, named) => {
    const run = () => parseOverStrikeArguments(argv, cwd);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(named);
  });
});

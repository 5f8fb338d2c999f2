import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { parseTPrimeArguments, tprimeCommandLine } from '../../../../core/engines/tprime/index.ts';

const cwd = path.resolve('/data');
const least = ['-syncperiod=1.0', '-tostream=to.txt', '-fromstream=7,ni.txt', '-events=7,a.txt,b.txt'];
const parse = (...argv: string[]) => parseTPrimeArguments(argv, cwd);

describe('the command line of TPrime', () => {
  it('is read with paths relative to the working folder', () => {
    expect(parse(...least, '-fromstream=1,p1.txt', '-events=1,s.npy,out/s.npy', '-offsets=r_g0_ct_offsets.txt')).toEqual({
      syncPeriod: 1,
      toStream: path.join(cwd, 'to.txt'),
      fromStreams: [{ index: 7, edges: path.join(cwd, 'ni.txt') }, { index: 1, edges: path.join(cwd, 'p1.txt') }],
      events: [
        { stream: 7, input: path.join(cwd, 'a.txt'), output: path.join(cwd, 'b.txt') },
        { stream: 1, input: path.join(cwd, 's.npy'), output: path.join(cwd, 'out', 's.npy') },
      ],
      offsets: path.join(cwd, 'r_g0_ct_offsets.txt'),
      numerics: 'native',
      interpolate: false,
    });
  });

  it('may come as one argument, as runit.sh passes it, with blanks in paths', () => {
    const options = parse('-syncperiod=1.0  -tostream=D 1/to.txt -fromstream=7,ni -x.txt -events=7,a b.txt,c.txt');
    expect(options.toStream).toBe(path.join(cwd, 'D 1', 'to.txt'));
    expect(options.fromStreams[0].edges).toBe(path.join(cwd, 'ni -x.txt'));
    expect(options.events[0].input).toBe(path.join(cwd, 'a b.txt'));
  });

  it('interpolates when told to, in one argument, too', () => {
    const options = parse([...least, '-tprime_interp'].join(' '));
    expect(options).toMatchObject({ interpolate: true, numerics: 'native' });
    expect(options.events[0].output).toBe(path.join(cwd, 'b.txt'));
    expect(tprimeCommandLine(options)).toMatch(/ -tprime_interp$/);
  });

  it('finds the comma between input and output when paths hold commas', () => {
    const { events } = parse(...least, '-events=7,/d/a,b/in.txt,/d/a,b/out.txt');
    expect(events[1]).toEqual({ stream: 7, input: path.resolve('/d/a,b/in.txt'), output: path.resolve('/d/a,b/out.txt') });
  });

  it('prints the canonical form', () => {
    expect(tprimeCommandLine(parse(...least))).toBe(
      `TPrime -syncperiod=1.000000 -tostream=${path.join(cwd, 'to.txt')} -fromstream=7,${path.join(cwd, 'ni.txt')} -events=7,${path.join(cwd, 'a.txt')},${path.join(cwd, 'b.txt')}`,
    );
  });

  it.each([
    [['-syncperiod=1'], '-tostream'],
    [least.slice(1), '-syncperiod'],
    [least.filter((option) => !option.startsWith('-from')), '-fromstream'],
    [least.slice(0, 3), '-events'],
    [[...least, '-sync=2'], '-sync'],
    [[...least, '-syncperiod=0'], '-syncperiod=0'],
    [[...least, '-syncperiod=one'], '-syncperiod=one'],
    [[...least, '-offsets='], '-offsets'],
    [[...least, '-fromstream=x,y.txt'], '-fromstream=x'],
    [[...least, '-fromstream=7,again.txt'], '-fromstream=7'],
    [[...least, '-events=7,a.txt'], '-events=7,a.txt'],
    [[...least, '-events=8,a.txt,c.txt'], '-events=8'],
    [[...least, '-events=7,c.txt,b.txt'], 'b.txt'],
    [[...least, '-events=7,c.npy,d.txt'], 'c.npy'],
    [[...least, '-events=7,c.txt,ni.txt'], 'ni.txt'],
    [[...least, '-numerics=best'], '-numerics=best'],
    [[...least, '-interpolate'], '-interpolate'],
    [[...least, '-tprime_interp=1'], '-tprime_interp'],
  ])('%j is refused, naming %s', (argv, named) => {
    const run = () => parseTPrimeArguments(argv, cwd);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(named);
  });
});

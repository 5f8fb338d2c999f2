// The CatGT command line: what it means, and how wrong ones are refused.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { printExtractor, readExtractor } from '../../../../core/engines/catgt/command/extractorOptions.ts';
import { extractorStream, selectedStreams, writesBinary, type Extractor } from '../../../../core/engines/catgt/command/options.ts';
import { readFolder } from '../../../../core/engines/catgt/command/optionValues.ts';
import { parseCatGTArguments } from '../../../../core/engines/catgt/command/parse.ts';
import { catgtUsage } from '../../../../core/engines/catgt/command/usage.ts';

const basic = ['-dir=/data', '-run=mouse', '-g=0', '-t=0,2', '-ap', '-prb=0'];
const parse = (...more: string[]) => parseCatGTArguments([...basic, ...more], '/');

function refusal(argv: readonly string[]): UsageError {
  try {
    parseCatGTArguments(argv, '/');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`accepted: ${argv.join(' ')}`);
}

let folder = '';
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
});
afterAll(() => fs.rm(folder, { recursive: true }));

describe('a command line', () => {
  it('has sensible defaults', () => {
    expect(parse()).toMatchObject({
      dir: '/data', run: 'mouse', fromCatGT: false, cat: false, gtlist: false, parts: [{ gate: 0, first: 0, last: 2 }], probes: [0], ap: true, lf: false, ni: false,
      tshift: true, lineFill: true, autoSync: true, inARow: 5, ap2lfDownsample: 12, numerics: 'native', extractors: [], warnings: [],
    });
    const { zeroFillMax, startSecs, maxSecs, car, gfix, apFilter, dest, workers } = parse();
    expect([zeroFillMax, startSecs, maxSecs, car, gfix, apFilter, dest, workers]).toEqual(Array(8).fill(undefined));
  });

  it('may range over gates, each with the same triggers', () => {
    expect(parse('-g=1,2', '-t=5').parts).toEqual([{ gate: 1, first: 5, last: 5 }, { gate: 2, first: 5, last: 5 }]);
  });

  it('may list gates, each with its own triggers', () => {
    const options = parseCatGTArguments(['-dir=/data', '-run=mouse', '-gtlist={0,0,2}{3,1,1}', '-ni'], '/');
    expect(options.gtlist).toBe(true);
    expect(options.parts).toEqual([{ gate: 0, first: 0, last: 2 }, { gate: 3, first: 1, last: 1 }]);
  });

  it('splits numbers at any of the marks the native tool splits at', () => {
    expect(parse('-t=0:2').parts).toEqual(parse('-t=0,2').parts);
    expect(parse('-gfix=0.4 0.1;0.02').gfix).toEqual({ amp: 0.4, slope: 0.1, base: 0.02 });
  });

  it('may come as one argument, with blanks in paths', () => {
    const options = parseCatGTArguments(['-dir=/my data/july -run=a b -g=0 -t=0 -ap -prb=0:1,4 -xia=0,0,1,-0.5,0,12 -ni'], '/');
    expect(options).toMatchObject({ dir: '/my data/july', run: 'a b', probes: [0, 1, 4], ap: true, ni: true });
    expect(options.extractors).toHaveLength(1);
  });

  it('keeps itself for the log', () => {
    expect(parse('-gblcar').raw).toBe('CatGT -dir=/data -run=mouse -g=0 -t=0,2 -ap -prb=0 -gblcar');
  });

  it('takes the last of two values', () => {
    expect(parse('-maxsecs=5', '-maxsecs=7.5').maxSecs).toBe(7.5);
  });

  it('switches options off with negative values', () => {
    const { zeroFillMax, startSecs, maxSecs } = parse('-zerofillmax=-1', '-startsecs=-1', '-maxsecs=0');
    expect([zeroFillMax, startSecs, maxSecs]).toEqual([undefined, undefined, undefined]);
    expect(parse('-zerofillmax=0', '-startsecs=0')).toMatchObject({ zeroFillMax: 0, startSecs: 0 });
  });

  it('names the streams in order', () => {
    const options = parse('-lf', '-ni', '-ob', '-obx=0,2', '-prb=3,1');
    expect(selectedStreams(options).map(({ kind, index }) => `${kind}${index}`)).toEqual(['nidq0', 'obx0', 'obx2', 'ap1', 'ap3', 'lf1', 'lf3']);
  });

  it('has probe 0 only with -prb_3A', () => {
    expect(parseCatGTArguments(['-dir=/d', '-run=r', '-g=0', '-t=0', '-ap', '-prb_3A'], '/').probes).toEqual([0]);
  });
});

describe('filters and references', () => {
  it('takes both corners, or one', () => {
    expect(parse('-apfilter=butter,12,300,10000').apFilter).toEqual({ type: 'butter', order: 12, high: 300, low: 10000 });
    expect(parse('-apfilter=butter,12,300,0').apFilter).toEqual({ type: 'butter', order: 12, high: 300, low: 0 });
    expect(parse('-lffilter=butter,3,0,300').lfFilter).toEqual({ type: 'butter', order: 3, high: 0, low: 300 });
  });

  it('makes every biquad of second order', () => {
    expect(parse('-apfilter=biquad,12,300,9000').apFilter).toEqual({ type: 'biquad', order: 2, high: 300, low: 9000 });
  });

  it('refuses reversed, equal and missing corners, naming the option', () => {
    for (const corners of ['9000,300', '300,300', '0,0', '-5,300']) {
      expect(refusal([...basic, `-apfilter=butter,12,${corners}`]).message).toContain(`-apfilter=butter,12,${corners}: `);
    }
    expect(refusal([...basic, '-apfilter=cheby,2,300,9000']).message).toContain("not 'cheby'");
  });

  it('takes one reference', () => {
    expect(parse('-gblcar').car).toEqual({ kind: 'gblcar' });
    expect(parse('-gbldmx', '-gbldmx').car).toEqual({ kind: 'gbldmx' });
    expect(parse('-loccar_um=40,160').car).toEqual({ kind: 'loccar_um', inner: 40, outer: 160 });
    expect(refusal([...basic, '-gblcar', '-gbldmx']).message).toBe('-gblcar and -gbldmx exclude each other');
    expect(refusal([...basic, '-loccar_um=5,160']).message).toMatch(/inner radius/);
    expect(refusal([...basic, '-loccar_um=40,40']).message).toMatch(/outer radius/);
    expect(parse('-loccar=2,8').car).toEqual({ kind: 'loccar', inner: 2, outer: 8 });
    expect(refusal([...basic, '-loccar=0,8']).message).toBe('-loccar=0,8: the inner half width must be at least 1 site, not 0');
    expect(refusal([...basic, '-loccar=2,2']).message).toMatch(/outer half width/);
    expect(refusal([...basic, '-loccar=1.5,2']).message).toMatch(/1.5 is not a whole number/);
    expect(refusal([...basic, '-loccar=2,8', '-loccar_um=40,160']).message).toBe('-loccar and -loccar_um exclude each other');
  });

  it('takes gfix thresholds without their sign, and the base with it', () => {
    expect(parse('-gfix=-0.40,-0.10,0.02').gfix).toEqual({ amp: 0.4, slope: 0.1, base: 0.02 });
  });

  it('takes channels to exclude by probe, sorted', () => {
    expect([...parse('-chnexcl={1;5,0}{0;10:12,20,11}').exclude]).toEqual([[0, [10, 11, 12, 20]], [1, [0, 5]]]);
    expect(refusal([...basic, '-chnexcl={0,5}']).message).toMatch(/^-chnexcl=\{0,5\}: /);
  });

  it('wants a factor for LF that divides 30000', () => {
    expect(parse('-ap2lf_dwnsmp=30').ap2lfDownsample).toBe(30);
    for (const factor of ['1', '7', '31', '12.5']) expect(refusal([...basic, `-ap2lf_dwnsmp=${factor}`]).message).toContain(`-ap2lf_dwnsmp=${factor}`);
  });
});

describe('extractors', () => {
  it('are kept in the order given', () => {
    const { extractors } = parse('-ni', '-xa=0,0,1,2.0,4.0,100', '-xd=2,0,-1,3,50,2', '-bf=0,0,2,4,4,3');
    expect(extractors).toEqual([
      { kind: 'xa', js: 0, ip: 0, word: 1, threshold1: 2, threshold2: 4, ms: 100 },
      { kind: 'xd', js: 2, ip: 0, word: -1, bit: 3, ms: 50, tolerance: 2 },
      { kind: 'bf', js: 0, ip: 0, word: 2, startBit: 4, bits: 4, inARow: 3 },
    ]);
    expect(extractors.map(extractorStream)).toEqual(['nidq', 'imec0.ap', 'nidq']);
  });

  it('are refused when they cannot be', () => {
    expect(refusal([...basic, '-xa=2,0,1,2,4,100']).message).toBe('-xa=2,0,1,2,4,100: probe files (js = 2) have only digital pulses: use -xd or -xid');
    expect(refusal([...basic, '-xd=3,0,1,2,4']).message).toMatch(/js is 0/);
    expect(refusal([...basic, '-xd=0,0,1,16,4']).message).toMatch(/bit is 0 to 15/);
    expect(refusal([...basic, '-bf=0,0,2,12,5,3']).message).toMatch(/nbits is 1 to 4/);
    expect(refusal([...basic, '-xd=0,0,1.5,2,4']).message).toMatch(/word is a whole number/);
    expect(refusal([...basic, '-xd=0,0,1,2']).message).toBe("Unknown option or wrong parameter count: '-xd=0,0,1,2'");
    expect(refusal([...basic, '-xd=0,0,1,2,x']).message).toBe("-xd=0,0,1,2,x: 'x' is not a number");
  });

  it('warn about streams that are not processed and counts below one', () => {
    expect(parse('-xd=2,5,-1,3,50').warnings).toEqual(['-xd=2,5,-1,3,50 has no effect: the stream imec5.ap is not among those to process.']);
    const counted = parse('-ni', '-bf=0,0,2,4,4,0', '-inarow=0');
    expect(counted.extractors[0]).toMatchObject({ inARow: 1 });
    expect(counted.inARow).toBe(1);
    expect(counted.warnings).toHaveLength(2);
  });

  it('are printed so that they read back as the same', () => {
    const whole = (max: number) => fc.integer({ min: 0, max });
    const tenth = fc.integer({ min: 0, max: 9999 }).map((value) => value / 10);
    const target = { ip: whole(20), word: fc.integer({ min: -1, max: 384 }) };
    const pulse = { ms: tenth, tolerance: fc.option(tenth, { nil: undefined }) };
    const extractor: fc.Arbitrary<Extractor> = fc.oneof(
      fc.record({ kind: fc.constantFrom('xa' as const, 'xia' as const), js: fc.constantFrom(0 as const, 1 as const), ...target, threshold1: tenth, threshold2: tenth, ...pulse }),
      fc.record({ kind: fc.constantFrom('xd' as const, 'xid' as const), js: fc.constantFrom(0 as const, 1 as const, 2 as const), ...target, bit: whole(15), ...pulse }),
      fc.record({ kind: fc.constant('bf' as const), js: fc.constant(0 as const), ...target, startBit: whole(7), bits: fc.integer({ min: 1, max: 8 }), inARow: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(extractor, (given) => {
        const argument = printExtractor(given);
        const [, text] = argument.split('=');
        expect(readExtractor(given.kind, { argument, text }, () => undefined)).toEqual({ ...given });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('a wrong command line', () => {
  it('is refused with the option as it was given', () => {
    const { message, next, exitCode } = refusal([...basic, '-apfiltre=butter,12,300,10000']);
    expect(message).toBe("Unknown option or wrong parameter count: '-apfiltre=butter,12,300,10000'");
    expect(next).toBe('Did you mean -apfilter?');
    expect(exitCode).toBe(2);
  });

  it.each(['-ap=1', '-prb', 'ap', '-', '', '-t=0,1,2', '-gfix=0.4,0.1', '-loccar_um=40', '-loccar=2', '-save=2,0,0', '-save', '-sepShanks=1,0,1,2', '-maxZ=0,1', '-apfilter=butter,12,300'])('has an argument %j of the wrong form', (argument) => {
    expect(refusal([...basic, argument]).message).toBe(`Unknown option or wrong parameter count: '${argument}'`);
  });

  it.each(['-g=-1', '-g=2,1', '-t=1.5', '-gtlist={0,2,1}', '-gtlist=0,0,2', '-prb=', '-prb=all', '-prb=a', '-numerics=fast', '-workers=0', '-run=', '-run=a/b', '-dir='])('has a value that cannot be: %j', (argument) => {
    expect(refusal([...basic, argument]).message.startsWith(`${argument}: `)).toBe(true);
  });

  it('misses what is needed', () => {
    const without = (name: string) => refusal(basic.filter((argument) => !argument.startsWith(name))).message;
    expect(without('-dir')).toBe('-dir is missing');
    expect(without('-run')).toBe('-run is missing');
    expect(without('-g')).toBe('-g is missing');
    expect(without('-t')).toBe('-t is missing');
    expect(without('-ap')).toBe('no stream is selected');
    expect(without('-prb')).toBe('-ap needs -prb (or -prb_3A)');
    expect(refusal([...basic, '-ob']).message).toBe('-ob needs -obx');
    expect(refusal([...basic, '-gtlist={0,0,0}']).message).toMatch(/^-gtlist takes the place of -g and -t/);
    expect(refusal([]).message).toBe('-dir is missing');
  });
});

describe('-dest', () => {
  it('must exist', async () => {
    expect(refusal([...basic, `-dest=${folder}/none`]).message).toContain(`-dest=${folder}/none: no such folder`);
    const file = `${folder}/file`;
    await fs.writeFile(file, '');
    expect(refusal([...basic, `-dest=${file}`]).message).toContain(`-dest=${file}: no such folder`);
  });

  it('is made absolute, without a slash at the end', async () => {
    await fs.mkdir(path.join(folder, 'out put'));
    const options = parseCatGTArguments([...basic, '-dest=out put/'], folder);
    expect(options.dest).toBe(`${folder.replaceAll('\\', '/')}/out put`);
  });

  it('gives its companions their meaning', () => {
    expect(parse('-no_catgt_fld', '-out_prb_fld').warnings).toEqual(['-no_catgt_fld has no effect without -dest.', '-out_prb_fld has no effect without -dest.']);
  });

  it('may have back-slashes on Windows only', () => {
    const given = { argument: '-dir=D:\\my data\\', text: 'D:\\my data\\' };
    expect(readFolder(given, 'win32')).toBe('D:/my data');
    expect(readFolder({ ...given, text: '\\\\server\\share\\' }, 'win32')).toBe('//server/share');
    expect(readFolder(given, 'linux')).toBe('D:\\my data\\');
  });
});

describe('the extraction pass', () => {
  const pass = ['-dir=/data', '-run=catgt_mouse', '-g=0', '-t=cat', '-ap', '-prb=0', '-no_tshift'];

  it('reads the tcat files of one gate', () => {
    expect(parseCatGTArguments(pass, '/')).toMatchObject({ run: 'mouse', fromCatGT: true, cat: true, parts: [{ gate: 0, first: -1, last: -1 }] });
    expect(parseCatGTArguments([...pass, '-g=2,5'], '/').parts).toEqual([{ gate: 2, first: -1, last: -1 }]);
    expect(parseCatGTArguments(pass.filter((argument) => argument !== '-t=cat'), '/').cat).toBe(true);
    expect(refusal([...pass, '-t=0,1']).message).toMatch(/^-t=0,1 does not go with -run=catgt_/);
  });

  it('must not change samples', () => {
    const { message, next } = refusal(pass.filter((argument) => argument !== '-no_tshift'));
    expect(message).toBe('-t=cat extracts events and must not join, shift or filter, but imec0.ap would be');
    expect(next).toBe('Add -no_tshift.');
    expect(refusal([...pass, '-gblcar']).message).toMatch(/^-t=cat extracts/);
    expect(refusal([...pass, '-save=2,0,0,1:3'])).toMatchObject({ message: expect.stringMatching(/^-t=cat extracts/), next: expect.stringContaining('-save') });
    expect(parseCatGTArguments(['-dir=/data', '-run=catgt_mouse', '-g=0', '-t=cat', '-ni'], '/').tshift).toBe(true);
  });
});

describe('a new binary', () => {
  const one = (...more: string[]) => parse('-t=0', '-no_tshift', '-ni', '-lf', ...more);
  const written = (options: ReturnType<typeof parse>) => (['nidq', 'ap', 'lf'] as const).filter((kind) => writesBinary(options, kind)).join(' ');

  it('is written only where something changes', () => {
    expect(written(one())).toBe('');
    expect(written(one('-t=0,1'))).toBe('nidq ap lf');
    expect(written(one('-startsecs=0'))).toBe('nidq ap lf');
    expect(written(one('-apfilter=butter,12,300,0'))).toBe('ap');
    expect(written(one('-gblcar', '-gfix=0.4,0.1,0.02'))).toBe('ap');
    expect(written(one('-lffilter=butter,12,1,500'))).toBe('lf');
    expect(written(one('-pass1_force_ni_ob_bin'))).toBe('nidq');
    for (const selection of ['-save=2,0,0,1:3', '-sepShanks=0,0,1,2,3', '-maxZ=0,1,500']) expect(written(one(selection))).toBe('ap lf');
    expect(written(parse('-t=0', '-ni', '-lf'))).toBe('ap lf');
  });
});

describe('the usage text', () => {
  it('lists every option of this version once, in lines', () => {
    const usage = catgtUsage();
    for (const name of ['-dir=data_dir', '-gtlist=', '-no_linefill', '-xid=2,0,384,6,50', '-out_prb_fld', '-numerics=native', '-workers=2', '-loccar=2,8', '-save=js,ip1,ip2,list', '-sepShanks=ip,ip0,ip1,ip2,ip3', '-maxZ=ip,type,z', '-supercat={dir,run_ga}{dir,run_ga}', '-supercat_trim_edges']) expect(usage.split(`\n  ${name}`)).toHaveLength(2);
  });
});

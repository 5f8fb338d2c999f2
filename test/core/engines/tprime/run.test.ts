import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputFileError, JobError } from '../../../../core/common/index.ts';
import { runTPrime, tasks, type TPrimeOptions } from '../../../../core/engines/tprime/index.ts';
import { encodeNpy, npyNumbers, readNpy, type TypedArray } from '../../../../core/formats/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { testContext } from './context.ts';

let folder: string;
let context: ReturnType<typeof testContext>;
const at = (name: string) => path.join(folder, name);
const lines = (...values: (number | string)[]) => values.map((value) => `${value}\n`).join('');

const toName = 'r_g0_tcat.imec0.ap.xd_384_6_500.txt';
const niName = 'r_g0_tcat.nidq.xd_2_0_500.txt';

function options(changes: Partial<TPrimeOptions> = {}): TPrimeOptions {
  return {
    syncPeriod: 1,
    toStream: at(toName),
    fromStreams: [{ index: 7, edges: at(niName) }],
    events: [{ stream: 7, input: at('in.txt'), output: at('new/out.txt') }],
    numerics: 'native',
    interpolate: false,
    ...changes,
  };
}

beforeEach(async () => {
  folder = temporaryFolder();
  context = testContext(tasks);
  await fs.writeFile(at(toName), lines(0.5, 1.5, 2.5, 3.5));
  await fs.writeFile(at(niName), lines(0.25, 1.25, 2.25, 3.25));
  await fs.writeFile(at('in.txt'), lines(0.5, '1.5 left', '', 3));
});

describe('a run of TPrime', () => {
  it('writes the mapped times and reports on the clocks', async () => {
    const result = await runTPrime(options(), context);
    expect(await fs.readFile(at('new/out.txt'), 'utf8')).toBe(lines('0.750000', '1.750000', '3.250000'));
    expect(result.toStream.edgeCount).toBe(4);
    expect(result.fromStreams[0]).toMatchObject({ index: 7, edgeCount: 4, sync: { used: 4, max: 0 } });
    expect(result.events[0]).toMatchObject({ stream: 7, events: 3, dropped: 0, outOfOrder: 0 });
    expect(context.warnings).toEqual([]);
  });

  it.each<[string, TypedArray, number[]]>([
    ['doubles', Float64Array.from([0.5, 1.5, 3]), [3]],
    ['singles', Float32Array.from([0.5, 1.5, 3]), [3]],
    ['whole seconds', BigInt64Array.from([0n, 1n, 3n]), [3, 1]],
  ])('honours the type of .npy files: %s', async (_, times, shape) => {
    await fs.writeFile(at('in.npy'), encodeNpy(times, shape));
    await runTPrime(options({ events: [{ stream: 7, input: at('in.npy'), output: at('out.npy') }] }), context);
    const mapped = await readNpy(at('out.npy'));
    expect(mapped).toMatchObject({ dtype: '<f8', shape: [3], fortranOrder: false });
    expect(Array.from(npyNumbers(mapped))).toEqual(Array.from(times as ArrayLike<number | bigint>, (time) => Number(time) + 0.25));
  });

  it('uses the starts of joined files', async () => {
    await fs.writeFile(at('offsets.txt'), lines('smp_imap0:\t0\t300', 'sec_imap0:\t0.000000\t2.400000', 'sec_nidq:\t0.000000\t2.100000'));
    await fs.writeFile(at(niName), lines(0.25, 1.25, 2.55, 3.55));
    await fs.writeFile(at(toName), lines(0.5, 1.5, 2.85, 3.85));
    await fs.writeFile(at('in.txt'), lines(2.2));
    await runTPrime(options({ offsets: at('offsets.txt') }), context);
    // In the second component the clocks are 0.3 s apart, in the first 0.25 s.
    expect(await fs.readFile(at('new/out.txt'), 'utf8')).toBe(lines('2.500000'));
  });

  it('warns once of events out of order, lines without a number, and edges only one stream has', async () => {
    await fs.writeFile(at('in.txt'), lines('time', 3, 1, 0.5));
    await fs.writeFile(at(niName), lines(0.25, 1.25, 3.25));
    await runTPrime(options(), context);
    expect(context.warnings).toHaveLength(3);
    expect(context.warnings[0]).toContain(`${niName}: 1 of the sync edges`);
    expect(context.warnings[1]).toContain('in.txt: 1 lines');
    expect(context.warnings[2]).toContain('in.txt: 2 of 3 events');
  });

  it('maps events out of order with exact numerics, without a warning', async () => {
    await fs.writeFile(at('in.txt'), lines(3, 1));
    await runTPrime(options({ numerics: 'exact' }), context);
    expect(await fs.readFile(at('new/out.txt'), 'utf8')).toBe(lines('3.250000', '1.250000'));
    expect(context.warnings).toEqual([]);
  });
});

describe('a run of TPrime that interpolates', () => {
  const pulses = (count: number, place: (time: number) => number) => lines(...Array.from({ length: count }, (_, pulse) => place(pulse + 0.5).toFixed(6)));

  it('maps along the line between edges, in text and .npy, and reports what an edge left out would cost', async () => {
    await fs.writeFile(at(toName), pulses(100, (time) => time * 1.001));
    await fs.writeFile(at(niName), pulses(100, (time) => time));
    await fs.writeFile(at('in.txt'), lines(20.75, 10.25));
    await fs.writeFile(at('in.npy'), encodeNpy(Float64Array.from([20.75, 10.25]), [2]));
    const events = ['txt', 'npy'].map((kind) => ({ stream: 7, input: at(`in.${kind}`), output: at(`out.${kind}`) }));
    const { fromStreams: [{ sync }] } = await runTPrime(options({ interpolate: true, events }), context);
    expect(await fs.readFile(at('out.txt'), 'utf8')).toBe(lines('20.770750', '10.260250'));
    expect(Array.from(npyNumbers(await readNpy(at('out.npy'))))).toEqual([20.77075, 10.26025].map((time) => expect.closeTo(time, 9)));
    expect(sync).toMatchObject({ used: 100, interpolation: { count: 98, jumps: [] } });
    expect(sync.max).toBeCloseTo(1e-3, 9);
    expect(sync.interpolation!.max).toBeLessThan(1e-6);
    expect(context.warnings).toEqual([]);
  });

  it('warns of edges off the line and of jumps', async () => {
    await fs.writeFile(at(toName), pulses(100, (time) => time));
    await fs.writeFile(at(niName), pulses(100, (time) => (time > 60 ? time + 0.004 : time === 20.5 ? time + 0.003 : time)));
    await runTPrime(options({ interpolate: true }), context);
    expect(context.warnings).toEqual([
      expect.stringContaining(`${niName}: 1 of its edges lie too far off the line through the others and are left out, the first at 20.500 s of`),
      expect.stringContaining('jumps 1 times, the first time by -4.000 ms between 59.500 s and 60.500 s of'),
    ]);
  });

  it('moves times by one edge when there is one, and says so; without any it fails', async () => {
    await fs.writeFile(at(niName), lines(0.25));
    await runTPrime(options({ interpolate: true }), context);
    expect(await fs.readFile(at('new/out.txt'), 'utf8')).toBe(lines('0.750000', '1.750000', '3.250000'));
    expect(context.warnings).toEqual([expect.stringContaining(`${niName}: there are no two edges of`)]);
    await fs.writeFile(at(niName), lines(1000.25));
    await expect(runTPrime(options({ interpolate: true }), context)).rejects.toThrow(/none of its edges has a counterpart/);
  });
});

describe('what TPrime cannot do', () => {
  it('is told when there are no events or edges', async () => {
    await fs.rm(at('in.txt'));
    await expect(runTPrime(options(), context)).rejects.toThrow(/in\.txt: no such file/);
    await fs.writeFile(at(niName), 'no edge\n\n');
    await expect(runTPrime(options(), context)).rejects.toThrow(/nidq.*: holds no sync edges/);
    await fs.rm(at(toName));
    await expect(runTPrime(options(), context)).rejects.toThrow(InputFileError);
  });

  it('is told when edges descend', async () => {
    await fs.writeFile(at(toName), lines(0.5, 2.5, 1.5));
    await expect(runTPrime(options(), context)).rejects.toThrow(/imec0.*not ascending: 1\.5 s comes after 2\.5 s/);
  });

  it('is told when the offsets do not know a stream', async () => {
    await fs.writeFile(at('offsets.txt'), lines('sec_imap0:\t0\t2', 'sec_imap1:\t0\t2'));
    const failing = (changes: Partial<TPrimeOptions>) => expect(runTPrime(options({ offsets: at('offsets.txt'), ...changes }), context)).rejects;
    await failing({}).toThrow(/offsets\.txt: has no row 'sec_nidq'/);
    await fs.copyFile(at(niName), at('edges.txt'));
    await failing({ fromStreams: [{ index: 7, edges: at('edges.txt') }] }).toThrow(/edges\.txt: the name does not tell the stream/);
    await fs.writeFile(at('offsets.txt'), lines('sec_imap0:\t0\t2', 'sec_nidq:\t0'));
    await failing({}).toThrow(/offsets\.txt: gives 1 starts/);
  });

  it('leaves no output behind', async () => {
    await fs.writeFile(at('in.npy'), 'no array');
    await expect(runTPrime(options({ events: [{ stream: 7, input: at('in.npy'), output: at('out.npy') }] }), context)).rejects.toThrow(/in\.npy/);
    expect((await fs.readdir(folder)).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  it('stops nothing else, and all of it is named at the end', async () => {
    const streams = [{ index: 7, edges: at(niName) }, { index: 1, edges: at('gone.imec1.ap.txt') }];
    const events = [
      { stream: 1, input: at('in.txt'), output: at('one.txt') },
      { stream: 7, input: at('gone.txt'), output: at('seven.txt') },
      { stream: 7, input: at('in.txt'), output: at('fine.txt') },
    ];
    const failure = await runTPrime(options({ fromStreams: streams, events }), context).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JobError);
    expect((failure as JobError).message).toMatch(/gone\.imec1\.ap\.txt.*; .*gone\.txt/);
    expect(await fs.readFile(at('fine.txt'), 'utf8')).toBe(lines('0.750000', '1.750000', '3.250000'));
  });

  it('with exact numerics is also to align streams that share no pulse', async () => {
    await fs.writeFile(at(niName), lines(1000.25));
    await expect(runTPrime(options({ numerics: 'exact' }), context)).rejects.toThrow(/none of its edges has a counterpart/);
    await runTPrime(options(), context);
    expect(context.warnings[0]).toContain('none of its edges');
  });
});

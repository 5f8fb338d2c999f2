import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixed6Printer } from '../../../../core/engines/tprime/fixed6.ts';

const print = (...values: number[]) => Buffer.from(fixed6Printer()(Float64Array.from(values))).toString('latin1');

describe('times printed with six decimals', () => {
  it('writes a line each', () => {
    expect(print(0, 1.5, 12.0000004, 59.9999996, 3600.123456)).toBe('0.000000\n1.500000\n12.000000\n60.000000\n3600.123456\n');
  });

  it('writes seconds of any width', () => {
    const list = [7, 10, 99, 100, 999.9999999, 1000, 1007.5, 60_050.000001, 999_998.9999999, 999_999, 1_000_000];
    expect(print(...list)).toBe(list.map((value) => `${value.toFixed(6)}\n`).join(''));
  });

  it('prints one block after another', () => {
    const printer = fixed6Printer();
    const blocks = [[1], [2, 30_000, 4], [], [5]].map((list) => Buffer.from(printer(Float64Array.from(list))).toString('latin1'));
    expect(blocks).toEqual(['1.000000\n', '2.000000\n30000.000000\n4.000000\n', '', '5.000000\n']);
  });

  it('rounds exact ties to even, as C does', () => {
    expect(print(0.0078125, 0.0234375, 2.0078125)).toBe('0.007812\n0.023438\n2.007812\n');
  });

  it('keeps the sign of what rounds to zero, and large numbers', () => {
    expect(print(-1e-9, -2.5, 1e15)).toBe('-0.000000\n-2.500000\n1000000000000000.000000\n');
  });

  it('agrees with toFixed wherever there is no tie', () => {
    const time = fc.double({ min: -2e6, max: 2e6, noNaN: true }).filter((value) => (Math.abs(value) * 128) % 2 !== 1 && !Object.is(value, -0));
    fc.assert(fc.property(fc.array(time), (list) => {
      expect(print(...list)).toBe(list.map((value) => `${value.toFixed(6)}\n`).join(''));
    }));
  });

  it('agrees with toFixed next to ties', () => {
    const near = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: -3, max: 3 })).map(([micro, ulps]) => {
      const tie = (micro + 0.5) / 1e6;
      return tie + ulps * Number.EPSILON * tie;
    }).filter((value) => (value * 128) % 2 !== 1);
    fc.assert(fc.property(near, (value) => {
      expect(print(value)).toBe(`${value.toFixed(6)}\n`);
    }));
  });

  it('grows with numbers that are longer than times', () => {
    const huge = Array<number>(50).fill(1e300);
    expect(print(...huge).split('\n').slice(0, -1).map(Number)).toEqual(huge);
  });
});

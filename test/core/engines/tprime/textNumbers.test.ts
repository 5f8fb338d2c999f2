import fs from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberBlocks, type LineRule } from '../../../../core/engines/tprime/textNumbers.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const folder = temporaryFolder();

async function read(text: string | Uint8Array, rule: LineRule = 'firstToken'): Promise<{ values: number[]; dropped: number }> {
  const file = path.join(folder, 'times.txt');
  await fs.writeFile(file, text);
  const values: number[] = [];
  let dropped = 0;
  for await (const block of numberBlocks(file, rule)) {
    for (const value of block.values) values.push(value); // a block may be too long for push(...values)
    dropped += block.dropped;
  }
  return { values, dropped };
}

describe('times in text files', () => {
  it('takes the first token of each line, whatever follows', async () => {
    expect(await read('1.5\n2.5\textra\n 3.5,4\n4.5;x\n5.5:1\n')).toEqual({ values: [1.5, 2.5, 3.5, 4.5, 5.5], dropped: 0 });
  });

  it('drops and counts lines that start with something else', async () => {
    expect(await read('time\n1\n# 2\n-3e-2\nnan\n1e999\n1.2.3\n')).toEqual({ values: [1, -0.03], dropped: 5 });
  });

  it('skips blank lines instead of ending there, and needs no last line feed', async () => {
    expect(await read('\n1\n\n  \n2\n\n3')).toEqual({ values: [1, 2, 3], dropped: 0 });
  });

  it('reads CRLF and a byte order mark', async () => {
    expect(await read('\ufeff1.25\r\n2.5\r\n')).toEqual({ values: [1.25, 2.5], dropped: 0 });
    expect(await read('\ufeff1.25')).toEqual({ values: [1.25], dropped: 0 });
  });

  it('reads decimals in any of their forms', async () => {
    expect(await read('5.\n.5\n.\n007\r\n1234567890.1234567\n0.30000000000000004\n-0.5\n+2')).toEqual({ values: [5, 0.5, 7, 1234567890.1234567, 0.30000000000000004, -0.5, 2], dropped: 1 });
  });

  it('takes only whole lines from edge files', async () => {
    expect(await read(' 1.5 \n2.5 3\n4,5\n6\n', 'wholeLine')).toEqual({ values: [1.5, 6], dropped: 2 });
  });

  it('reads every finite number to the last bit', async () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0), { minLength: 1 });
    await fc.assert(fc.asyncProperty(numbers, async (list) => {
      expect((await read(list.join('\n'))).values).toEqual(list);
      expect((await read(list.map((value) => value.toExponential()).join('\r\n'))).values).toEqual(list);
      const decimals = list.map((value) => (value % 1e6).toFixed(6));
      expect((await read(decimals.join('\n'))).values).toEqual(decimals.map(Number));
    }), { numRuns: 50 });
  });

  it('joins lines that lie across the blocks it reads', async () => {
    const list = Array.from({ length: 200_000 }, (_, i) => i / 30000);
    const { values } = await read(list.map((value) => `${value.toFixed(6)}\n`).join(''));
    expect(values.length).toBe(list.length);
    expect(values.every((value, i) => Math.abs(value - list[i]) < 1e-6)).toBe(true);
  });

  it('says that a binary file is no list of times', async () => {
    await expect(read(new Uint8Array(1 << 20).fill(7))).rejects.toThrow(/times\.txt: is not a text file/);
  });

  it('is empty for an empty file', async () => {
    expect(await read('')).toEqual({ values: [], dropped: 0 });
  });
});

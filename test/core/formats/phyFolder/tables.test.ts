import fs from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNpy, npyNumbers, readNpy } from '../../../../core/formats/index.ts';
import { copyNpyRows, formatCsv, formatFloat, joinTables, nextVersion, numbered, openNpy, parseCsv, readNpyRows, readPhyParams } from '../../../../core/formats/phyFolder/index.ts';
import { parseClusterTable } from '../../../../core/formats/phyFolder/clusterTable.ts';
import { parseParamsPy } from '../../../../core/formats/phyFolder/paramsPy.ts';
import { temporaryFolder } from '../../../support/folders.ts';

describe('params.py', () => {
  async function dataPaths(line: string): Promise<readonly string[]> {
    const folder = temporaryFolder();
    await fs.writeFile(path.join(folder, 'params.py'), `\ufeff${line}\r\nsample_rate = 30_000.5\r\n`);
    const params = await readPhyParams(folder);
    expect(params.rate).toBe(30000.5);
    return params.dataPaths;
  }

  it.each([
    ["dat_path = 'a.bin'", ['a.bin']],
    ['dat_path = r"D:\\data\\new run\\a.bin"', ['D:\\data\\new run\\a.bin']],
    ["dat_path = 'D:\\\\data\\\\a.bin'", ['D:\\data\\a.bin']],
    ["dat_path = 'D:\\data\\a.bin'", ['D:\\data\\a.bin']],
    ["dat_path = ['a.bin', r'b.bin']", ['a.bin', 'b.bin']],
    ["dat_path = [\n  'a.bin',\n  'b.bin',\n]", ['a.bin', 'b.bin']],
    ["  dat_path=('a.bin',)  # moved", ['a.bin']],
    ['dat_path = None', []],
  ])('%s', async (line, expected) => expect(await dataPaths(line)).toEqual(expected));

  it('finds a recording that moved by its name, beside the folder too', async () => {
    const run = temporaryFolder();
    const sorted = path.join(run, 'imec0_ks4');
    await fs.mkdir(sorted);
    await fs.writeFile(path.join(run, 'a.ap.bin'), '');
    await fs.writeFile(path.join(sorted, 'params.py'), "dat_path = r'Z:\\gone\\a.ap.bin'\n");
    expect((await readPhyParams(sorted)).dataFile).toBe(path.join(run, 'a.ap.bin'));
  });

  it('takes any text without a fault', () => {
    fc.assert(fc.property(fc.string(), (text) => { parseParamsPy(text); }));
  });
});

describe('tables of clusters', () => {
  it('find the column of ids', () => {
    expect(parseClusterTable('group\tcluster_id\r\ngood\t4\r\n\r\n', 'x').rows).toEqual([{ cluster: 4, value: 'good' }]);
    expect(parseClusterTable('cluster_id,Amplitude\n3,2.5\n', 'x').rows).toEqual([{ cluster: 3, value: '2.5' }]);
    expect(parseClusterTable('cluster_id Amplitude\n3   2.5\n', 'x').rows).toEqual([{ cluster: 3, value: '2.5' }]);
  });
  it('name the line without an id', () => {
    expect(() => parseClusterTable('cluster_id\tgroup\n1\tgood\nmua\n', 'c.tsv')).toThrow('c.tsv: line 3 has no cluster id');
  });
});

describe('tables of metrics', () => {
  // As Python 3 prints them.
  it.each([[0, '0.0'], [160, '160.0'], [-1.0301507537688446, '-1.0301507537688446'], [1e-5, '1e-05'], [0.0001, '0.0001'], [1.5e22, '1.5e+22'], [1e16, '1e+16'], [123456789012345680, '1.2345678901234568e+17'], [NaN, ''], [-0, '-0.0']])('%d is written %s', (value, text) => {
    expect(formatFloat(value)).toBe(text);
  });
  it('are read back as they were', () => {
    fc.assert(fc.property(fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      const table = { header: values.map((_, index) => `c${index}`), rows: [values.map(formatFloat)] };
      expect(parseCsv(formatCsv(table), 'x').rows[0].map((cell) => (cell === '' ? NaN : Number(cell)))).toEqual(values);
    }));
  });
  it('are joined by id', () => {
    const left = { header: ['cluster_id', 'epoch_name', 'rate'], rows: [['0', 'e', '1.0'], ['7', 'e', '2.0']] };
    const right = { header: ['cluster_id', 'epoch_name', 'snr'], rows: [['7', 'f', '9.5']] };
    expect(joinTables(left, right, 'cluster_id', ['q', 'w'])).toEqual({ header: ['cluster_id', 'epoch_name_q', 'rate', 'epoch_name_w', 'snr'], rows: [['0', 'e', '1.0', '', ''], ['7', 'e', '2.0', 'f', '9.5']] });
  });
  it('are numbered as long as there are earlier ones', async () => {
    const folder = temporaryFolder();
    for (let version = 0; version < 23; version++) {
      expect(await nextVersion(path.join(folder, 'metrics.csv'))).toBe(version);
      await fs.writeFile(path.join(folder, numbered('metrics.csv', version)), '');
    }
    expect(numbered('clus_Table.npy', 22)).toBe('clus_Table_22.npy');
  });
});

describe('rows of a large array', () => {
  const inFortran = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('latin1').replace("'fortran_order': False", "'fortran_order': True "), 'latin1');

  it('are copied with their type, in any order of axes', async () => {
    const folder = temporaryFolder();
    const [source, target] = [path.join(folder, 'a.npy'), path.join(folder, 'b.npy')];
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.array(fc.nat(11)), async (n, a, b, fortran, picks) => {
      const npy = encodeNpy(Int16Array.from({ length: n * a * b }, (_, index) => 3 * index), [n, a, b]);
      await fs.writeFile(source, fortran ? inFortran(npy) : npy);
      const rows = Uint32Array.from(picks.filter((row) => row < n));
      await copyNpyRows(source, target, rows);
      const [all, some] = [npyNumbers(await readNpy(source)), await readNpy(target)];
      const expected = [...rows].flatMap((row) => [...all.subarray(row * a * b, (row + 1) * a * b)]);
      expect(some).toMatchObject({ dtype: '<i2', shape: [rows.length, a, b] });
      expect([...npyNumbers(some)]).toEqual(expected);
      expect([...(await readNpyRows(await openNpy(source), rows))]).toEqual(expected);
    }), { numRuns: 40 });
  });

  it('become one-dimensional when asked', async () => {
    const folder = temporaryFolder();
    await fs.writeFile(path.join(folder, 'a.npy'), inFortran(encodeNpy(BigUint64Array.from([7n, 8n, 9n]), [3, 1])));
    await copyNpyRows(path.join(folder, 'a.npy'), path.join(folder, 'b.npy'), Uint32Array.from([0, 2]), { flat: true });
    expect(await readNpy(path.join(folder, 'b.npy'))).toMatchObject({ dtype: '<u8', shape: [2], data: BigUint64Array.from([7n, 9n]) });
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'is not a .npy file'],
    ['text', Buffer.from('hello, this is not an array at all'), 'is not a .npy file'],
    ['half of one', encodeNpy(new Float64Array(100), [100]).subarray(0, 500), 'is truncated: 500 bytes where 928 are needed'],
  ])('are not looked for in %s', async (_, bytes, message) => {
    const file = path.join(temporaryFolder(), 'x.npy');
    await fs.writeFile(file, bytes);
    await expect(openNpy(file)).rejects.toThrow(message);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { oracleColumns, oracleSelection, oracleTooHigh } from './selection.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aftergate ü '));
afterAll(() => rmSync(folder, { recursive: true }));

function metaFile(lines: readonly string[]): string {
  const file = path.join(folder, 'x.ap.meta');
  writeFileSync(file, ['firstSample=0', 'fileSizeBytes=0', 'imSampRate=30000', ...lines].join('\n'));
  return file;
}

/** Channels 0 to 7 and SY of a 1.0 probe; channel 7 looks from bank 1. */
const one = () => metaFile([
  'acqApLfSy=384,384,1', 'imDatPrb_pn=NP1010', 'imRowsPerShank=480', 'nSavedChans=9', 'snsApLfSy=8,0,1', 'snsSaveChanSubset=0:7,768',
  `~imroTbl=(0,384)${Array.from({ length: 384 }, (_, c) => `(${c} ${c === 7 ? 1 : 0} 0 500 250 1)`).join('')}`,
]);

/** Three channels and SY of a 2.0 probe: blocks of shanks 0, 0 and 3. */
const four = () => metaFile([
  'acqApLfSy=384,0,1', 'imDatPrb_pn=NP2013', 'imRowsPerShank=640', 'nSavedChans=4', 'snsApLfSy=3,0,1', 'snsSaveChanSubset=0,50,60,384',
  `~imroTbl=(2013,384)${Array.from({ length: 384 }, (_, c) => `(${c} ${c === 60 ? 3 : 0} 0 0 0)`).join('')}`,
]);

describe('-maxZ', () => {
  test('as a row, as a height above the lowest row, as a height above the tip', () => {
    expect(oracleTooHigh(one(), { type: 0, z: 2.9 })).toEqual([6, 7]);
    expect(oracleTooHigh(one(), { type: 1, z: 40 })).toEqual([4, 5, 6, 7]); // rows at 0 and 20 um lie below 40
    expect(oracleTooHigh(one(), { type: 1, z: 41 })).toEqual([6, 7]);
    expect(oracleTooHigh(one(), { type: 2, z: 209 + 41 })).toEqual([6, 7]);
    expect(oracleTooHigh(one(), { type: 2, z: 0 })).toEqual([2, 3, 4, 5, 6, 7]); // the lowest row always stays
  });

  test('knows where blocks of electrodes lie on a 2.0 probe', () => {
    expect(oracleTooHigh(four(), { type: 0, z: 60 })).toEqual([50]); // electrode 48 * 6 + 2; channel 60 is electrode 48 * 2 + 12, row 54
  });
});

test('lists hold what is in the file, and -maxZ applies to them', () => {
  expect(oracleSelection(one(), 0, { saves: [{ index: 0, list: '2:4,768' }, { index: 5, list: '6:20' }], maxZ: { type: 0, z: 1 } })).toEqual([
    { index: 0, columns: [2, 3, 8] }, { index: 5, columns: [] },
  ]);
  expect(oracleSelection(one(), 3, { maxZ: { type: 0, z: 0 } })).toEqual([{ index: 3, columns: [0, 1, 8] }]);
});

test('shanks without saved channels have no file, the others share SY', () => {
  expect(oracleSelection(four(), 1, { shanks: [10, 11, 12, 13] })).toEqual([{ index: 10, columns: [0, 1, 3] }, { index: 13, columns: [2, 3] }]);
});

test('columns of rows', () => {
  expect([...oracleColumns(Int16Array.of(1, 2, 3, 4, 5, 6), 3, [0, 2])]).toEqual([1, 3, 4, 6]);
});

import { describe, expect, it } from 'vitest';
import { clearUsedFlags, ephysParams, geometry, metaText, parseMeta, upgradeMeta } from '../../../core/spikeglx/index.ts';
import { apValues, metaOf } from './recording.ts';

const withoutGeomMap = Object.fromEntries(Object.entries(apValues).filter(([key]) => key !== '~snsGeomMap'));

describe('geometry', () => {
  it('comes from ~snsGeomMap in um', () => {
    const map = geometry(metaOf({ ...apValues, '~snsShankMap': '(1,2,480)(0:0:0:1)(0:1:0:1)(0:0:1:1)(0:1:95:0)' }));
    expect(map).toMatchObject({ source: 'geomMap', partNumber: 'NP1010', shanks: 1, shankPitch: 0, shankWidth: 70 });
    expect(map.sites[3]).toEqual({ shank: 0, x: 43, y: 1900, used: false, column: 1, row: 95 });
  });

  it('comes from ~snsShankMap and the part number in older metas', () => {
    const map = geometry(metaOf({ ...withoutGeomMap, '~snsShankMap': '(1,2,480)(0:0:0:1)(0:1:0:1)(0:0:1:1)(0:1:95:0)' }));
    expect(map.source).toBe('shankMap');
    expect(map.sites.map(({ x, y, used }) => [x, y, used])).toEqual([[27, 0, true], [59, 0, true], [11, 20, true], [43, 1900, false]]);
  });

  it('counts x from the left edge of each shank', () => {
    const map = geometry(metaOf({ imDatPrb_pn: 'NP2013', snsApLfSy: '2,0,1', '~snsShankMap': '(4,2,640)(0:1:3:1)(3:0:3:1)' }));
    expect(map).toMatchObject({ shanks: 4, shankPitch: 250 });
    expect(map.sites.map(({ shank, x, y }) => [shank, x, y])).toEqual([[0, 59, 45], [3, 27, 45]]);
  });

  it.each([
    ['NP1122', '(1,16,24)(0:0:0:1)(0:15:1:1)', [[12.5, 0], [57.5, 3]], [[6.75, 0], [74.25, 4.5]]],
    ['NP1123', '(1,12,32)(0:0:0:1)(0:11:1:1)', [[10.25, 0], [59.75, 4.5]], [[10.25, 0], [43.25, 3]]],
    ['NP1200', '(1,2,64)(0:0:0:1)(0:1:1:1)', [[56.5, 0], [68.5, 31]], [[27, 0], [43, 20]]],
    ['NP1110', '(1,8,768)(0:0:0:1)(0:7:1:1)', [[15.5, 0], [57.5, 6]], [[14, 0], [56, 6]]],
  ])('of %s is the makers\', where the reference pipeline errs', (imDatPrb_pn, shankMap, right, reference) => {
    const meta = metaOf({ imDatPrb_pn, snsApLfSy: '2,0,1', '~snsShankMap': shankMap });
    expect(geometry(meta).sites.map(({ x, y }) => [x, y])).toEqual(right);
    expect(geometry(meta, { compat: true }).sites.map(({ x, y }) => [x, y])).toEqual(reference);
  });

  it('picks the saved channels where a map lists all', () => {
    const map = geometry(metaOf({ acqApLfSy: '4,4,1', nSavedChans: 3, snsApLfSy: '2,0,1', snsSaveChanSubset: '1,3,8', imDatPrb_pn: 'NP1010', '~snsGeomMap': '(NP1010,1,0,70)(0:1:1:1)(0:2:2:1)(0:3:3:1)(0:4:4:1)' }));
    expect(map.sites.map(({ x }) => x)).toEqual([2, 4]);
  });

  it('knows the positions of an unknown probe when the meta tells them', () => {
    expect(geometry(metaOf({ ...apValues, imDatPrb_pn: 'NP9999' })).sites).toHaveLength(4);
    const shankMap = { ...withoutGeomMap, imDatPrb_pn: 'NP9999', '~snsShankMap': '(1,2,480)(0:0:0:1)(0:1:0:1)(0:0:1:1)(0:1:95:0)' };
    expect(() => geometry(metaOf(shankMap))).toThrow("the layout of part number 'NP9999' is not known");
  });

  it('says what is wrong with a map', () => {
    expect(() => geometry(metaOf(withoutGeomMap))).toThrow("neither '~snsGeomMap' nor '~snsShankMap'");
    expect(() => geometry(metaOf({ ...apValues, '~snsGeomMap': '(NP1010,1,0,70)(0:27:0:1)' }))).toThrow('1 sites for 4 saved channels');
    expect(() => geometry(metaOf({ ...apValues, '~snsGeomMap': '(NP1010,1,0,70)(0:27)' }))).toThrow("entry '(0:27)'");
  });

  it('clears used flags in both maps, coordinates in six digits', () => {
    const meta = metaOf({ ...apValues, '~snsGeomMap': '(NP1010,1,0,70)(0:27.123456789:0:1)(0:59:0:1)(0:11:20:1)(0:43:1900:0)', '~snsShankMap': '(1,2,480)(0:0:0:1)(0:1:0:1)(0:0:1:1)(0:1:95:0)' });
    const cleared = clearUsedFlags(meta, [1]);
    expect(metaText(cleared, '~snsGeomMap')).toBe('(NP1010,1,0,70)(0:27.1235:0:1)(0:59:0:0)(0:11:20:1)(0:43:1900:0)');
    expect(metaText(cleared, '~snsShankMap')).toBe('(1,2,480)(0:0:0:1)(0:1:0:0)(0:0:1:1)(0:1:95:0)');
  });
});

describe('ephys params', () => {
  it('are in the terms of the pipeline', () => {
    expect(ephysParams(metaOf(apValues))).toEqual({
      probeType: 'NP1', sampleRate: 30000, numChannels: 5, nAp: 4, nSy: 1, uvPerBit: 2.34375, referenceChannels: [3], nColumn: 2, vpitch: 20, hpitch: 32, useGeom: true,
    });
  });

  it('take the most frequent pitch, where compat takes the one at its place', () => {
    // Rows at 0, 15, 45, 75: differences 15, 30, 30. The commonest, 30, is second of the distinct ones; the reference
    // then takes the second difference. With rows 0, 60, 75, 90 it takes the first, 60, though 15 is commonest.
    const column = (rows: number[]) => metaOf({ ...apValues, imDatPrb_type: 21, '~snsGeomMap': `(NP2003,1,0,70)${rows.map((y) => `(0:27:${y}:1)`).join('')}` });
    expect(ephysParams(column([0, 15, 45, 75]))).toMatchObject({ nColumn: 1, vpitch: 30, hpitch: 0 });
    expect(ephysParams(column([0, 60, 75, 90]))).toMatchObject({ vpitch: 15 });
    expect(ephysParams(column([0, 60, 75, 90]), { compat: true })).toMatchObject({ vpitch: 60 });
  });

  it('have no pitch of a single row', () => {
    const row = metaOf({ ...apValues, imDatPrb_type: 21, '~snsGeomMap': '(NP2003,1,0,70)(0:0:0:1)(0:32:0:1)(0:64:0:1)(0:96:0:1)' });
    expect(ephysParams(row)).toMatchObject({ vpitch: 0, hpitch: 32, nColumn: 4 });
  });
});

describe('upgrading an old meta', () => {
  const old = 'acqApLfSy=384,384,1\r\nimDatPrb_pn=NP1010\r\nnSavedChans=2\r\nsnsApLfSy=1,0,1\r\nsnsSaveChanSubset=0,768\r\n~imroTbl=(0,384)(0 0 0 500 250 0)\r\n~snsShankMap=(1,2,480)(0:1:3:1)\r\n';

  it('appends what newer ones have and keeps what was there', () => {
    const upgraded = Buffer.from(upgradeMeta(Buffer.from(old), 'old.meta'));
    expect(upgraded.toString().startsWith(old)).toBe(true);
    const meta = parseMeta(upgraded, 'new.meta');
    expect(metaText(meta, 'imChan0apGain')).toBe('500');
    expect(metaText(meta, 'imChan0lfGain')).toBe('250');
    expect(metaText(meta, 'imAnyChanFullBand')).toBe('true');
    expect(metaText(meta, '~snsGeomMap')).toBe('(NP1010,1,0,70)(0:43:60:1)');
    expect(geometry(meta).sites[0]).toMatchObject({ x: 43, y: 60 });
    expect(Buffer.from(upgradeMeta(upgraded, 'new.meta'))).toEqual(upgraded);
  });

  it('adds a key a second time only as the reference does', () => {
    const text = `${old}~muxTbl=(1)`;
    const count = (bytes: Uint8Array) => Buffer.from(bytes).toString().split('~muxTbl=').length - 1;
    expect(count(upgradeMeta(Buffer.from(text), 'old.meta'))).toBe(1);
    expect(count(upgradeMeta(Buffer.from(text), 'old.meta', { compat: true }))).toBe(2);
  });
});

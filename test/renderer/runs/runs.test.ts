import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../core/service/contract/index.ts';
import { readFilter } from '../../../renderer/screens/runs/filter.ts';
import { droppedFolder } from '../../../renderer/screens/runs/droppedFolder.ts';
import { groupOf, inGroups, inOrder, readSort, sortText } from '../../../renderer/screens/runs/order.ts';
import { filesText, layoutText, listText, runNotation } from '../../../renderer/screens/runs/words.ts';

function run(name: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: name, rootId: 'root', name, path: `/data/${name}_g0`, folders: ['/data'], started_at: '2026-11-19T18:05:00', span_s: 600, bytes_B: 150e9,
    gates: [{ gate: 0, triggers: [0, 1, 2] }, { gate: 1, triggers: [0] }], streams: [], probes: [{ index: 0, partNumber: 'NP2013', name: 'NP2.0 4-shank', shanks: 4, sites: 384, picture: null, thumb: [], text: '' }],
    ni: true, obx: [], health: { worst: 'ok', counts: { stop: 0, warn: 0, note: 0 } }, findings: [], processed: [], growing: false, ...more,
  };
}

const runs = [
  run('m41_d3', { processed: [{ tag: 'catgt', path: '', at: '2026-11-18T10:00:00Z', probes: [0] }] }),
  run('m41_d10', { started_at: '2026-11-20T09:00:00', bytes_B: 90e9, health: { worst: 'warn', counts: { stop: 0, warn: 1, note: 0 } } }),
  run('m42_d1', { started_at: null, span_s: 7800, probes: [], health: null }),
];
const names = (list: readonly RunSummary[]) => list.map(({ name }) => name);

describe('the filter of runs', () => {
  it.each([
    ['', ['m41_d3', 'm41_d10', 'm42_d1']],
    ['M41', ['m41_d3', 'm41_d10']],
    ['np2013 d3', ['m41_d3']],
    ['imec0', ['m41_d3', 'm41_d10']],
    ['health:warn', ['m41_d10']],
    ['done:catgt', ['m41_d3']],
    ['done:no', ['m41_d10', 'm42_d1']],
    ['day:11-20', ['m41_d10']],
    ['probe:0', ['m41_d3', 'm41_d10']],
    ['size>100GB', ['m41_d3', 'm42_d1']],
    ['size<=90', ['m41_d10']],
    ['length>1,5h', ['m42_d1']],
  ])('%j', (text, expected) => {
    expect(names(runs.filter(readFilter(text).test))).toEqual(expected);
    expect(readFilter(text).problems).toEqual([]);
  });

  it('says what it does not know, and leaves it out', () => {
    expect(readFilter('health:fine').problems).toEqual(['health: knows stop, warn, note and ok, not fine.']);
    expect(readFilter('size>5km').problems).toHaveLength(1);
    expect(runs.filter(readFilter('health:fine m42').test)).toHaveLength(1);
  });
});

describe('the order of runs', () => {
  it('counts numbers in names, and puts what is not known last', () => {
    expect(names(inOrder(runs, { key: 'name', descending: false }))).toEqual(['m41_d3', 'm41_d10', 'm42_d1']);
    expect(names(inOrder(runs, { key: 'when', descending: true }))).toEqual(['m41_d10', 'm41_d3', 'm42_d1']);
    expect(names(inOrder(runs, { key: 'when', descending: false }))).toEqual(['m41_d3', 'm41_d10', 'm42_d1']);
    expect(names(inOrder(runs, { key: 'health', descending: true }))).toEqual(['m41_d10', 'm41_d3', 'm42_d1']);
  });

  it('keeps groups together, the one of the first run first', () => {
    const three = [run('a'), run('b', { started_at: '2026-11-20T09:00:00', rootId: 'other' }), run('c')];
    const byDay = groupOf('day', [])!;
    expect(names(inGroups(three, byDay))).toEqual(['a', 'c', 'b']);
    expect(three.map(byDay)).toEqual(['2026-11-19', '2026-11-20', '2026-11-19']);
    expect(three.map(groupOf('folder', [{ rootId: 'root', path: 'D:\\data' }])!)).toEqual(['D:\\data', 'other folders', 'D:\\data']);
    expect(inGroups(three, groupOf('none', []))).toBe(three);
  });

  it('stands in the address', () => {
    expect(readSort(sortText({ key: 'size', descending: true }))).toEqual({ key: 'size', descending: true });
    expect(readSort('nonsense')).toEqual({ key: 'when', descending: true });
  });
});

describe('a run in words', () => {
  it('is what CatGT is told to take all of it', () => {
    expect(runNotation(runs[0])).toBe('-run=m41_d3 -gtlist={0,0,2}{1,0,0} -ap -prb=0 -ni');
    expect(filesText(runs[0])).toBe('0:3 1:1');
    expect(listText([3, 0, 1, 2, 7])).toBe('0:3,7');
  });

  it('tells different probes apart', () => {
    expect(layoutText(runs)).toBe('2 runs have imec0 only, 1 has no probe. Probes are chosen per run in the next steps.');
    expect(layoutText(runs.slice(0, 2))).toBe('');
  });
});

describe('what is dropped on the window', () => {
  const dropped = (name: string, isDirectory: boolean) => ({ files: [{ name }], items: [{ webkitGetAsEntry: () => ({ isDirectory }) }] }) as unknown as DataTransfer;

  it('is a folder by its path on the desktop, by its name in a browser', () => {
    expect(droppedFolder(dropped('m41_g0', true), () => 'D:\\data\\m41_g0')).toEqual({ path: 'D:\\data\\m41_g0' });
    expect(droppedFolder(dropped('a.bin', false), () => '/data/m41 ä/a.bin')).toEqual({ path: '/data/m41 ä' });
    expect(droppedFolder(dropped('m41_g0', true), undefined)).toEqual({ name: 'm41_g0' });
    expect(droppedFolder({ files: [], items: [] } as unknown as DataTransfer, undefined)).toBeNull();
  });
});

// The command line: what a snippet changes in the address, how it is completed, and what it says when it is not known.

import { describe, expect, it } from 'vitest';
import type { UnitTable } from '../../../core/service/contract/index.ts';
import { readSnippet } from '../../../renderer/app/snippets.ts';

const column = (key: string) => ({ key, title: key, unit: '', help: '', aliases: [] });
const table = { ids: Int32Array.of(3, 47, 49), columns: [column('snr'), column('amplitude')], values: { snr: Float64Array.of(1, 2, 3), amplitude: Float64Array.of(4, 5, 6) }, labels: {}, labelsAt: '' } as unknown as UnitTable;
const units = (line: string) => readSnippet(line, 'units', { state: {}, table });
const traces = (line: string) => readSnippet(line, 'traces', { state: { t: '10.500000' } });

describe('the command line', () => {
  it('changes what the page shows', () => {
    expect(units(':f snr > 3')[0].change).toEqual({ f: 'snr > 3' });
    expect(units(':s -snr')[0].change).toEqual({ sort: '-snr' });
    expect(units(':c 47 49')[0].change).toEqual({ unit: '47', abc: '47,49' });
    expect(traces(':tg 1:00.25')[0].change).toEqual({ t: '60.250000' });
    expect(traces(':ts -0.5')[0].change).toEqual({ t: '10.000000' });
  });

  it('completes words and columns', () => {
    expect(traces(':t').map(({ text }) => text)).toEqual([':tg ', ':ts ']);
    expect(units(':s am').map(({ text }) => text)).toEqual([':s am', ':s amplitude']);
    expect(units(':f snr > 3 && am').map(({ text }) => text)).toContain(':f snr > 3 && amplitude');
  });

  it('says the nearest word, column, or where a word works', () => {
    expect(units(':s smr')[0].problem).toBe('\'smr\' is not a column. Nearest: snr');
    expect(units(':c 48')[0].problem).toBe('There is no unit 48.');
    expect(units(':tg 5')[0].problem).toBe(':tg works on Traces.');
    expect(traces(':gt 5')[0].problem).toMatch(/^:gt is not known here. Nearest: :t/);
    expect(readSnippet(':f', 'gates', { state: {} })[0].problem).toBe('This page has none.');
  });
});

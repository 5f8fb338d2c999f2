// The view of the trace page as plain values: the address, steps of span and gain, keys, and where channels stand.

import { describe, expect, test } from 'vitest';
import type { TraceChannels, TraceSources } from '../../../core/service/contract/index.ts';
import { traceAction } from '../../../renderer/screens/traces/keys.ts';
import { nearest } from '../../../renderer/screens/traces/drawSpikes.ts';
import { eachOnce } from '../../../renderer/screens/traces/spanKinds.ts';
import { lineLayout, probeLayout, rowAt } from '../../../renderer/screens/traces/layout.ts';
import { changed, fromPlain, inBounds, nextGain, nextSpan, parseTime, toggleLink, toPlain, viewOf } from '../../../renderer/screens/traces/view.ts';

/** Two sites a row, 20 um between rows, on one shank or on two. */
function channels(count: number, shanks = 1): TraceChannels {
  const column = Array.from({ length: count }, (_, index) => index);
  const perShank = count / shanks;
  return {
    names: [...column.map((index) => `AP${index}`), 'SY'], analog: count, uVperBit: new Float64Array(count + 1).fill(2), used: new Uint8Array(count).fill(1),
    z_um: Float32Array.from(column, (index) => 20 * Math.floor((index % perShank) / 2)), x_um: Float32Array.from(column, (index) => 32 * (index % 2)),
    shank: Uint8Array.from(column, (index) => Math.floor(index / perShank)), order: Int32Array.from(column), problem: null,
  };
}

const source = (stream: string, state: 'raw' | 'car' | 'catgt') => ({ key: `${stream}|${state}${state === 'catgt' ? 0 : ''}`, stream, device: stream.split('.')[0], state, folder: null, rate_Hz: 30_000, channels: channels(8), files: [] });
const sources: TraceSources = {
  name: 'm1', from_s: 0, to_s: 100, reference: 'imec0', clocks: [], sorters: [], problems: [],
  sources: [source('imec0.ap', 'car'), source('imec0.ap', 'catgt'), source('imec0.ap', 'raw'), source('imec1.ap', 'raw'), source('nidq', 'raw')],
  events: [{ key: 'nidq xd_2_1_50', stream: 'nidq', label: 'NI word 2 bit 1', isSync: false }, { key: 'nidq xd_2_0_500', stream: 'nidq', label: 'sync', isSync: true }],
};

describe('the view', () => {
  test('begins with raw and processed of the first probe and NI, half a second, all events but sync', () => {
    expect(fromPlain({}, sources)).toMatchObject({ t: 0.1, span: 0.2, mode: 'lines', gain: 200, panes: ['imec0.ap|raw', 'imec0.ap|catgt0', 'nidq|raw'], lines: ['nidq xd_2_1_50'] });
    expect(fromPlain({}, sources, 'imec1.ap').panes[0]).toBe('imec1.ap|raw');
  });

  test('comes back from the address as it went', () => {
    const view = { ...fromPlain({}, sources), t: 41.25, span: 0.02, mode: 'heat' as const, gain: 75, lines: [], spans: ['gfix', 'sat'] as const, sorter: '/a b/imec0_ks4', units: [3, 14], lowest: 2, own: { 'imec0.ap|catgt0': { t: 70.5, span: 0.01 } }, tipUp: true, names: true };
    expect(fromPlain(toPlain(view), sources)).toEqual(view);
    expect(fromPlain(toPlain({ ...view, units: 'all' }), sources).units).toBe('all');
    expect(toPlain(view).spans).toBe('gfix,sat');
    expect(['', 'off', 'sat,gone'].map((spans) => fromPlain({ spans }, sources).spans.length)).toEqual([7, 0, 1]);
  });

  test('a pane that is not linked moves alone, and comes back to the common time', () => {
    const [raw, catgt] = ['imec0.ap|raw', 'imec0.ap|catgt0'];
    const apart = toggleLink({ ...fromPlain({}, sources), t: 10, span: 1 }, catgt);
    expect(viewOf(apart, catgt)).toMatchObject({ t: 10, span: 1 });
    const moved = changed(changed(apart, { t: 50 }, catgt), { t: 20, gain: 75 }, raw);
    expect([viewOf(moved, catgt).t, viewOf(moved, raw).t, viewOf(moved, catgt).gain]).toEqual([50, 20, 75]);
    expect(viewOf(toggleLink(moved, catgt), catgt).t).toBe(20);
    // A pane that is gone leaves no place behind.
    expect(inBounds({ ...moved, panes: [raw] }, sources).own).toEqual({});
  });

  test('what an address names and is not there is left out', () => {
    expect(fromPlain({ panes: 'imec7.ap|raw', t: 'x', ev: 'gone' }, sources)).toMatchObject({ panes: ['imec0.ap|raw', 'imec0.ap|catgt0', 'nidq|raw'], t: 0.1, lines: [] });
  });

  test('stays within the recording', () => {
    expect(inBounds({ ...fromPlain({}, sources), t: -3, span: 1e6 }, sources)).toMatchObject({ t: 0, span: 100 });
  });

  test('spans and gains go in steps of the field', () => {
    expect([nextSpan(0.5, 1), nextSpan(0.5, -1), nextSpan(0.3, 1), nextSpan(1, -1), nextSpan(1, 1)].map((span) => Number(span.toPrecision(3)))).toEqual([1, 0.2, 0.5, 0.5, 2]);
    expect([nextGain(150, 1), nextGain(150, -1), nextGain(10, -1)]).toEqual([200, 100, 10]);
  });

  test('times are read as people write them', () => {
    expect(['12:04.381', '1:02:11', '724.381', '724,381 s', 'soon'].map(parseTime)).toEqual([724.381, 3731, 724.381, 724.381, null]);
  });
});

describe('spans', () => {
  test('that lie on several panes are listed once', () => {
    const span = (source: string, from_s: number) => ({ kind: 'sat' as const, source, stream: 'imec0.ap', from_s, to_s: from_s + 1, count: 1, text: '' });
    expect(eachOnce([span('imec0.ap|raw', 3), span('imec0.ap|catgt0', 3), span('imec0.ap|raw', 5)]).map(({ from_s }) => from_s)).toEqual([3, 5]);
  });
});

describe('keys', () => {
  const key = (code: string, held: { altKey?: boolean; shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({ code, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...held });

  test('do what the page says they do', () => {
    expect(traceAction(key('ArrowRight', { altKey: true }), false)).toEqual({ do: 'pan', pages: 0.2 });
    expect(traceAction(key('ArrowLeft', { altKey: true, shiftKey: true }), false)).toEqual({ do: 'pan', pages: -1 });
    expect(traceAction(key('KeyE', { shiftKey: true }), false)).toEqual({ do: 'next', kind: 'event', direction: -1 });
    expect(traceAction(key('Digit4'), false)).toEqual({ do: 'state', number: 4 });
  });

  test('arrows move the cursor only in a pane, and Ctrl belongs to others', () => {
    expect(traceAction(key('ArrowRight'), false)).toBeNull();
    expect(traceAction(key('ArrowUp'), true)).toEqual({ do: 'cursor', samples: 0, channels: 1 });
    expect(traceAction(key('KeyE', { ctrlKey: true }), true)).toBeNull();
  });
});

describe('rows', () => {
  test('stand by depth, the tip at the bottom', () => {
    const { rows, blocks } = probeLayout(channels(8), 0, 8, 200);
    const heights = rows.map(({ y }) => y);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(rows[0].label).toBe('0');
    expect(Math.min(...heights)).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBeLessThan(200);
    expect(blocks).toEqual([]);
  });

  test('of several shanks stand in labelled blocks that do not touch', () => {
    const { blocks } = probeLayout(channels(8, 2), 0, 8, 200);
    expect(blocks.map(({ label }) => label)).toEqual(['shank 0', 'shank 1']);
    expect(blocks[0].top).toBeGreaterThan(blocks[1].bottom);
  });

  test('of NI are its lines and the bits worth a row', () => {
    const layout = lineLayout({ ...channels(2), names: ['XA0', 'XA1', 'XD0'] }, new Map([[2, [0, 3]]]), 120);
    expect(layout.rows.map(({ label }) => label)).toEqual(['XA0', 'XA1', 'XD0.0', 'XD0.3']);
    expect(rowAt(layout, 119)?.bit).toBe(3);
  });
});

test('a spike is drawn on the six nearest channels of its shank', () => {
  expect(nearest(channels(16, 2), 2)).toEqual([2, 0, 4, 3, 1, 5]);
  expect(nearest(channels(16, 2), 8)).toHaveLength(6);
  expect(nearest(channels(16, 2), 8).every((column) => column >= 8)).toBe(true);
});

test('with the tip on top the layout is mirrored, and labels can be names', () => {
  const [down, up] = [false, true].map((tipUp) => probeLayout(channels(16), 0, 16, 400, { tipUp, names: true }));
  expect(up.rows[0].y).toBeLessThan(up.rows[15].y);
  expect(up.rows[3].y + down.rows[3].y).toBeCloseTo(400);
  expect(up.rows[3].label).toBe('AP3');
});

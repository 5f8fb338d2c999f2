// Words for sources, and the bits of digital words that are worth a row.

import type { TraceChannels, TraceSourceInfo, TraceWindowInfo } from '../../../core/service/contract/index.ts';

const labels = { raw: 'raw', highpass: 'live filter', car: 'live filter + CAR', catgt: 'CatGT' } as const;

export function stateLabel({ state, key }: TraceSourceInfo): string {
  return state === 'catgt' && !key.endsWith('catgt0') ? `CatGT (${Number(/\d+$/.exec(key)?.[0]) + 1})` : labels[state];
}

/** What was done to the samples, for captions. */
export function filterText({ state, stream }: TraceSourceInfo): string {
  if (state === 'catgt') return 'as CatGT wrote it';
  if (state === 'raw') return stream.endsWith('.ap') || stream.endsWith('.lf') ? 'raw, each channel about its mean' : 'raw';
  return state === 'car' ? 'butter,12,300,10000 and gblcar' : 'butter,12,300,10000';
}

/** The state that a number key stands for: 1 raw, 2 filtered, 3 with CAR, 4 processed; undefined when the stream has none. */
export function stateByNumber(sources: readonly TraceSourceInfo[], stream: string, number: number): TraceSourceInfo | undefined {
  const state = (['raw', 'highpass', 'car', 'catgt'] as const)[number - 1];
  return sources.find((source) => source.stream === stream && source.state === state);
}

/** Raw for what is filtered while looking or was processed, and the live filter for raw. */
export function otherFilter(sources: readonly TraceSourceInfo[], { stream, state }: TraceSourceInfo): TraceSourceInfo | undefined {
  return sources.find((source) => source.stream === stream && source.state === (state === 'raw' ? 'highpass' : 'raw'));
}

/** Bits that were ever high in what was read so far, by digital column; they never leave again, so that rows stay put. */
export function bitsSeen(before: ReadonlyMap<number, readonly number[]>, window: TraceWindowInfo, channels: TraceChannels): Map<number, readonly number[]> {
  const seen = new Map(before);
  window.columns.forEach((column, index) => {
    if (column < channels.analog) return;
    const values = (window.mode === 'samples' ? window.low : window.high).subarray(index * window.count, (index + 1) * window.count);
    let ever = (before.get(column) ?? []).reduce((mask, bit) => mask | (1 << bit), 0);
    for (const value of values) ever |= value;
    seen.set(column, Array.from({ length: 16 }, (_, bit) => bit).filter((bit) => (ever >> bit) & 1));
  });
  return seen;
}

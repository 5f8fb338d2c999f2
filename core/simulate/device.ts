// NI and OneBox as one thing: analog channels with gains, then digital words, then (OneBox) a SY word.

import type { NiDescription, OneBoxDescription } from './description.ts';
import { syWordOf } from './pulses.ts';
import { channelsOf } from './savedColumns.ts';

export type DeviceColumn =
  | { readonly kind: 'mn' | 'ma' | 'xa'; readonly index: number; readonly gain: number }
  /** `input` is the stream name that outlets use for this word's lines. */
  | { readonly kind: 'xd' | 'sy'; readonly index: number; readonly input: string };

export interface Device {
  /** All acquired columns, in order; their place is their acquisition channel. */
  readonly acquired: readonly DeviceColumn[];
  /** Acquisition channels that are saved, ascending. */
  readonly saved: readonly number[];
  readonly nominalRate: number;
  readonly rangeV: number;
  readonly noiseV: number;
}

export function niDevice(ni: NiDescription): Device {
  const analog = (kind: 'mn' | 'ma' | 'xa', count: number, gain: number) => Array.from({ length: count }, (_, index) => ({ kind, index, gain }));
  return device(ni, 'ni', [
    ...analog('mn', ni.mn, ni.mnGain),
    ...analog('ma', ni.ma, ni.maGain),
    ...analog('xa', ni.xa, 1),
    ...Array.from({ length: ni.xd }, (_, index) => ({ kind: 'xd' as const, index, input: 'nidq' })),
  ]);
}

export function oneBoxDevice(box: OneBoxDescription, index: number): Device {
  return device(box, `oneBoxes.${index}`, [
    ...Array.from({ length: box.xa }, (_, channel) => ({ kind: 'xa' as const, index: channel, gain: 1 })),
    ...Array.from({ length: box.xd }, (_, word) => ({ kind: 'xd' as const, index: word, input: `obx${index}` })),
    { kind: 'sy', index: 0, input: syWordOf(index) },
  ]);
}

/** How many saved columns are of one kind. */
export function savedOf(device: Device, kind: DeviceColumn['kind']): number {
  return device.saved.filter((channel) => device.acquired[channel]!.kind === kind).length;
}

function device(description: NiDescription | OneBoxDescription, where: string, acquired: readonly DeviceColumn[]): Device {
  return {
    acquired,
    saved: channelsOf(description.savedChannels, acquired.length, `${where}.savedChannels`),
    nominalRate: description.nominalRate,
    rangeV: description.rangeV,
    noiseV: description.noiseV,
  };
}

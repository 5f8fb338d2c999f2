// What can be previewed of a stream of a gate, and what its chain may use: length, files, channels, geometry. Reads metas.

import { metaText } from '../../spikeglx/index.ts';
import { openSource, type SourceRequest } from './source.ts';

export interface SourceFacts {
  readonly rate_Hz: number;
  /** Length of the gate's joined time axis, gaps included. */
  readonly length_s: number;
  /** Where each trigger's file begins on it. */
  readonly triggers: readonly { readonly trigger: number; readonly at_s: number }[];
  readonly gaps: readonly { readonly from_s: number; readonly to_s: number }[];
  /** Neural file columns. */
  readonly channels: { readonly acq: Uint16Array; readonly shank: Uint8Array; readonly z_um: Float32Array; readonly used: Uint8Array };
  readonly partNumber: string | null;
  /** The meta tells positions in um, which loccar needs. */
  readonly hasMicrons: boolean;
}

/** Throws InputFileError, also for a probe whose part number is not known. */
export function describeSource(request: Omit<SourceRequest, 'options'>): SourceFacts {
  const source = openSource({ ...request, options: '-no_tshift' });
  const { sequence, rate, input, sites, used } = source;
  const starts = new Map<string, number>();
  for (const stretch of sequence.stretches) {
    let at = stretch.out;
    for (const { bin, count } of stretch.segments) {
      if (!starts.has(bin)) starts.set(bin, at);
      at += count;
    }
  }
  return {
    rate_Hz: rate,
    length_s: sequence.total / rate,
    triggers: request.files.flatMap(({ bin, trigger }) => (starts.has(bin) ? [{ trigger, at_s: starts.get(bin)! / rate }] : [])),
    gaps: sequence.fills.map(({ out, length }) => ({ from_s: out / rate, to_s: (out + length) / rate })),
    channels: {
      acq: Uint16Array.from(used, (_, column) => input.facts.channels[column]),
      shank: Uint8Array.from(used, (_, column) => sites?.[column].shank ?? 0),
      z_um: Float32Array.from(used, (_, column) => sites?.[column].y ?? Number.NaN),
      used: Uint8Array.from(used, (isUsed) => (isUsed ? 1 : 0)),
    },
    partNumber: metaText(input.meta, 'imDatPrb_pn') ?? null,
    hasMicrons: input.meta.values.has('~snsGeomMap'),
  };
}

// The extractor of the sync edges, which needs no option: where the sync wave enters each stream, and how wide its
// pulses are.

import { metaNumber, type Meta, type StreamFacts } from '../../../spikeglx/index.ts';
import type { AnalogExtractor, DigitalExtractor } from '../command/options.ts';

/** The sync bit of probes and OneBoxes, in their last word. */
const SYNC_BIT = 6;

/**
 * Width of a sync pulse in ms, half the period, from the first of `metas` that knows the period: those of the streams'
 * first files in the order NI, OneBox, AP. 0 (any edge) when none does.
 */
export function syncWidthMs(metas: readonly Meta[]): number {
  const period = metas.map((meta) => metaNumber(meta, 'syncSourcePeriod')).find((seconds) => seconds !== undefined && seconds > 0);
  return 500 * (period ?? 0);
}

/** The sync extractor of a stream, or in words why there is none. LF files have none: their AP file's serves. */
export function syncExtractor(meta: Meta, { stream, channels }: StreamFacts, ms: number): AnalogExtractor | DigitalExtractor | string | undefined {
  switch (stream.kind) {
    case 'lf': return undefined;
    case 'ap': return { kind: 'xd', js: 2, ip: stream.index, word: -1, bit: SYNC_BIT, ms };
    case 'obx': return { kind: 'xd', js: 1, ip: stream.index, word: -1, bit: SYNC_BIT, ms };
    case 'nidq': return niSyncExtractor(meta, channels, ms);
  }
}

function niSyncExtractor(meta: Meta, channels: readonly number[], ms: number): AnalogExtractor | DigitalExtractor | string {
  const line = metaNumber(meta, 'syncNiChan');
  if (line === undefined) return 'its meta does not say where the sync wave comes in (syncNiChan)';
  if (metaNumber(meta, 'syncNiChanType') === 1) {
    const word = channels.indexOf(line);
    if (word < 0) return `analog channel ${line}, which has the sync wave, was not saved`;
    return { kind: 'xa', js: 0, ip: 0, word, threshold1: metaNumber(meta, 'syncNiThresh') ?? 0, threshold2: 0, ms };
  }
  const analog = analogChannels(meta);
  if (analog === undefined) return 'its meta does not count its channels (acqMnMaXaDw)';
  const word = channels.indexOf(analog + Math.floor(line / 16));
  if (word < 0) return `the digital word of line ${line}, which has the sync wave, was not saved`;
  return { kind: 'xd', js: 0, ip: 0, word, bit: line % 16, ms };
}

/** Digital words follow the MN, MA and XA channels. */
function analogChannels(meta: Meta): number | undefined {
  const counts = meta.values.get('acqMnMaXaDw')?.split(',').map(Number);
  return counts?.length === 4 && counts.every(Number.isInteger) ? counts[0] + counts[1] + counts[2] : undefined;
}

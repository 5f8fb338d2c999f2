// The stretches of a recording that are measured: the whole of it and, if wanted, both halves.

import { fileLength, readMeta, requireNumber } from '../../spikeglx/index.ts';
import type { Job } from './job.ts';

export interface Epoch {
  /** Precedes the names of its files. */
  readonly prefix: string | undefined;
  /** s; undefined: from the beginning, to the end. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Times of spikes, samples. */
export interface SpikeSpan {
  readonly firstTime: number;
  readonly lastTime: number;
}

const wholeRecording: Epoch = { prefix: undefined, start: undefined, end: undefined };

/** The whole, and with calc_half_run both halves: parted in the middle of the recording, or as the reference does. */
export async function epochsOf(job: Job, span: SpikeSpan): Promise<Epoch[]> {
  const { calc_half_run, compat } = job.section;
  if (!calc_half_run) return [wholeRecording];
  return [wholeRecording, ...(compat ? halvesOfSpikes(span, job.rate) : halves(await middleOf(job)))];
}

function halves(middle: number): [Epoch, Epoch] {
  return [{ prefix: 'first_half', start: undefined, end: middle }, { prefix: 'second_half', start: middle, end: undefined }];
}

/** From the first to the last spike, parted at half the time of the last, wherever the first is. */
function halvesOfSpikes({ firstTime, lastTime }: SpikeSpan, rate: number): [Epoch, Epoch] {
  const [first, last] = [firstTime / rate, lastTime / rate];
  return [{ prefix: 'first_half', start: first, end: last / 2 }, { prefix: 'second_half', start: last / 2, end: last }];
}

/** s. */
async function middleOf({ bin, meta }: Job): Promise<number> {
  const facts = await readMeta(meta);
  const { samples } = await fileLength(bin, facts);
  return samples / requireNumber(facts, 'imSampRate') / 2;
}

/** What C_Waves writes for an epoch. */
export function waveformFiles({ prefix }: Epoch): { means: string; medians: string; snr: string } {
  const named = (name: string) => `${prefix === undefined ? '' : `${prefix}_`}${name}.npy`;
  return { means: named('mean_waveforms'), medians: named('median_peak_waveforms'), snr: named('cluster_snr') };
}

// A made-up sorting for tests: five units along a probe of 40 channels, with templates, features and amplitudes.

import fs from 'node:fs/promises';
import path from 'node:path';
import { encodeNpy, npyHeader } from '../../../../core/formats/index.ts';

const channels = 40;
const components = 3;
const features = 12;
/** Peak channel of each template. */
const peaks = [5, 7, 9, 20, 30];

export interface SortingOptions {
  /** Cluster of a spike of this template; by default the template. */
  readonly clusterOf?: (template: number, spike: number) => number;
  readonly spikes?: number;
  readonly fortran?: boolean;
  readonly withFeatures?: boolean;
}

export async function writeSorting(folder: string, { clusterOf = (template) => template, spikes = 1500, fortran = false, withFeatures = true }: SortingOptions = {}): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  let state = 12345;
  const random = () => ((state = (state * 48271) % 2147483647) / 2147483647);
  const noise = () => random() + random() + random() + random() - 2;
  const templates = Int32Array.from({ length: spikes }, () => Math.floor(random() * peaks.length));
  const near = peaks.map((peak) => Array.from({ length: features }, (_, f) => Math.max(0, peak - 6) + f));
  const values = new Float32Array(spikes * components * features);
  templates.forEach((template, spike) => {
    for (let component = 0; component < components; component++) {
      near[template].forEach((channel, f) => {
        const strength = component === 0 ? 12 : 3 * (template - 2) + component;
        values[(spike * components + component) * features + f] = strength * Math.exp(-Math.abs(channel - peaks[template]) / 3) + noise();
      });
    }
  });
  const save = (name: string, bytes: Uint8Array) => fs.writeFile(path.join(folder, name), bytes);
  await save('spike_times.npy', encodeNpy(BigInt64Array.from({ length: spikes }, (_, k) => BigInt(300 + 1201 * k + Math.floor(900 * random()))), [spikes, 1]));
  await save('spike_templates.npy', encodeNpy(Uint32Array.from(templates), [spikes, 1]));
  await save('spike_clusters.npy', encodeNpy(templates.map((template, spike) => clusterOf(template, spike)), [spikes]));
  await save('amplitudes.npy', encodeNpy(Float64Array.from(templates, (template) => 20 + template + 3 * noise()), [spikes, 1]));
  const shapes = new Float32Array(peaks.length * 61 * channels);
  peaks.forEach((peak, template) => { shapes[(template * 61 + 20) * channels + peak] = -1; });
  await save('templates.npy', encodeNpy(shapes, [peaks.length, 61, channels]));
  await save('whitening_mat_inv.npy', encodeNpy(Float64Array.from({ length: channels ** 2 }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0)), [channels, channels]));
  await save('channel_map.npy', encodeNpy(Int32Array.from({ length: channels }, (_, channel) => channel), [channels]));
  await save('channel_positions.npy', encodeNpy(Float64Array.from({ length: 2 * channels }, (_, i) => (i % 2 === 0 ? 32 * ((i / 2) % 2) : 10 * (i - 1))), [channels, 2]));
  await fs.writeFile(path.join(folder, 'params.py'), "dat_path = 'x.bin'\nn_channels_dat = 41\nsample_rate = 30000.\n");
  if (!withFeatures) return;
  await save('pc_features.npy', fortran ? fortranOrder(values, spikes) : encodeNpy(values, [spikes, components, features]));
  await save('pc_feature_ind.npy', encodeNpy(Uint32Array.from(near.flat()), [peaks.length, features]));
}

/** As MATLAB's Kilosort writes it. */
function fortranOrder(values: Float32Array, spikes: number): Uint8Array {
  const header = Buffer.from(npyHeader('<f4', [spikes, components, features])).toString('latin1').replace("'fortran_order': False", "'fortran_order': True ");
  const turned = Float32Array.from(values, (_, i) => {
    const [spike, component, f] = [i % spikes, Math.floor(i / spikes) % components, Math.floor(i / spikes / components)];
    return values[(spike * components + component) * features + f];
  });
  return Buffer.concat([Buffer.from(header, 'latin1'), Buffer.from(turned.buffer)]);
}

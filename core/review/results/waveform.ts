// The mean waveform of a unit on the sites around its peak: measured on the filtered file where mean_waveforms has run,
// else the sorter's template.

import path from 'node:path';
import { isThere } from '../../common/index.ts';
import { modalTemplates, openNpy, type PhyFolder, readNpyRows, unwhitenedTemplate } from '../../formats/phyFolder/index.ts';
import { loadFolder } from './loaded.ts';

export interface WaveformFacts {
  /** [channels x samples]. */
  readonly mean: Float32Array;
  readonly unit: 'uV' | 'sorter units';
  readonly samples: number;
  readonly rate_Hz: number;
  readonly channels: Int32Array;
  readonly x_um: Float32Array;
  readonly z_um: Float32Array;
  readonly shank: Uint8Array;
  readonly sites: { readonly x_um: Float32Array; readonly z_um: Float32Array; readonly shank: Uint8Array };
}

/** A waveform [samples x columns or columns x samples] with its way of asking for a value. */
interface Source {
  readonly unit: WaveformFacts['unit'];
  readonly samples: number;
  /** At a channel of the sorter. */
  readonly at: (site: number, sample: number) => number;
}

/** @param channels how many, nearest to the peak first */
export async function unitWaveform({ folder, unit, channels }: { readonly folder: string; readonly unit: number; readonly channels: number }): Promise<WaveformFacts> {
  const { phy, groups } = await loadFolder(folder);
  const source = (await measured(phy, unit)) ?? template(phy, modalTemplates(groups, phy.templateIds, phy.templates.count)[unit] ?? -1);
  const sites = nearest(phy, peakOf(source, phy.channelMap.length)).slice(0, channels);
  const mean = new Float32Array(sites.length * source.samples);
  sites.forEach((site, row) => {
    for (let t = 0; t < source.samples; t++) mean[row * source.samples + t] = source.at(site, t);
  });
  const every = Array.from(phy.channelMap.keys());
  return {
    mean, unit: source.unit, samples: source.samples, rate_Hz: phy.params.rate ?? 30_000,
    channels: Int32Array.from(sites, (site) => phy.channelMap[site]), ...places(phy, sites), sites: places(phy, every),
  };
}

function places({ positions, shanks }: PhyFolder, sites: readonly number[]) {
  return {
    x_um: Float32Array.from(sites, (site) => positions[site * 2]),
    z_um: Float32Array.from(sites, (site) => positions[site * 2 + 1]),
    shank: Uint8Array.from(sites, (site) => shanks?.[site] ?? 0),
  };
}

/** mean_waveforms.npy: [clusters by id x columns x samples], uV. */
async function measured(phy: PhyFolder, unit: number): Promise<Source | undefined> {
  const file = path.join(phy.folder, 'mean_waveforms.npy');
  if (!(await isThere(file))) return undefined;
  const npy = await openNpy(file);
  const [rows, columns, samples] = npy.shape;
  if (npy.shape.length !== 3 || npy.fortranOrder || unit >= rows) return undefined;
  const row = await readNpyRows(npy, [unit]);
  if (!row.some((value) => Number.isFinite(value) && value !== 0)) return undefined;
  return { unit: 'uV', samples, at: (site, sample) => (phy.channelMap[site] < columns ? row[phy.channelMap[site] * samples + sample] : NaN) };
}

function template(phy: PhyFolder, index: number): Source {
  const { samples, channels } = phy.templates;
  if (index < 0) return { unit: 'sorter units', samples, at: () => NaN };
  const wave = unwhitenedTemplate(phy.templates, phy.whiteningInverse, index);
  return { unit: 'sorter units', samples, at: (site, sample) => wave[sample * channels + site] };
}

function peakOf({ at, samples }: Source, sites: number): number {
  let peak = 0;
  let widest = -1;
  for (let site = 0; site < sites; site++) {
    let [lowest, highest] = [Infinity, -Infinity];
    for (let t = 0; t < samples; t++) {
      const value = at(site, t);
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    if (highest - lowest > widest) [widest, peak] = [highest - lowest, site];
  }
  return peak;
}

/** All sites of the peak's shank, nearest first. */
function nearest({ positions, shanks, channelMap }: PhyFolder, peak: number): number[] {
  const distance = (site: number) => Math.hypot(positions[site * 2] - positions[peak * 2], positions[site * 2 + 1] - positions[peak * 2 + 1]);
  return Array.from(channelMap.keys()).filter((site) => !shanks || shanks[site] === shanks[peak]).sort((a, b) => distance(a) - distance(b) || a - b);
}

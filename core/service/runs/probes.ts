// A run's probes as lists show them: the name people use, a small picture, the selected sites in words.

import type { ScannedFile, SitePicture } from '../../spikeglx/index.ts';
import { probeTable } from '../../spikeglx/index.ts';
import type { RunProbe } from '../contract/index.ts';

/** Parts a shank is divided into for the small picture. */
const parts = 28;

/** What people call them, by the type number of the imro table. */
const names: Readonly<Record<number, string>> = {
  [-3]: 'Phase 3A', 0: 'NP1.0', 21: 'NP2.0', 24: 'NP2.0 4-shank', 1020: 'NP1.0 NHP 25 mm', 1030: 'NP1.0 NHP 45 mm', 1100: 'Ultra', 1110: 'Ultra switched', 1120: 'Ultra 2-column',
  1121: 'Ultra 1-column', 1122: 'Ultra 16-column', 1123: 'Ultra 12-column', 1200: 'NHP 128', 1300: 'NP1.0 Opto', 2003: 'NP2.0', 2013: 'NP2.0 4-shank', 2020: 'NP2.0 quad base',
  3010: 'NP3.0', 3020: 'NP3.0 4-shank', 3022: 'NP3.0 4-shank', 3023: 'NP3.0 4-shank',
};

/** @param file one of the probe's files, if any has a usable meta */
export function describeProbe(index: number, file: ScannedFile | undefined): RunProbe {
  const probe = file?.content?.probe;
  if (!probe) return { index, partNumber: null, name: 'probe', shanks: 1, sites: 0, picture: null, thumb: [], text: 'not read yet' };
  const { partNumber, type, sites, picture } = probe;
  const shanks = probe.shanks ?? picture?.shanks ?? 1;
  return {
    index,
    partNumber,
    name: (type === null ? undefined : names[type]) ?? partNumber ?? 'probe',
    shanks,
    sites,
    picture: picture && { shank: picture.shank, x_um: picture.x, z_um: picture.z, used: picture.used, shankPitch_um: picture.shankPitch, shankWidth_um: picture.shankWidth },
    thumb: picture ? thumbOf(picture, heightOf(type, picture)) : [],
    text: picture ? textOf(sites, picture) : `${sites} sites, positions not known`,
  };
}

/** Of the whole shank, where the probe is known; or else of what is saved. um */
function heightOf(type: number | null, { z }: SitePicture): number {
  const entry = probeTable.find((candidate) => candidate.type === type);
  const top = z.reduce((most, value) => Math.max(most, value), 0);
  return Math.max(top, entry ? (entry.rows - 1) * entry.rowPitch : 0) + 1;
}

function thumbOf({ shank, z, used, shanks }: SitePicture, height: number): string[] {
  const lit = Array.from({ length: shanks }, () => new Float64Array(parts));
  let most = 1;
  for (let site = 0; site < z.length; site++) {
    if (!used[site]) continue;
    const row = lit[shank[site]];
    if (!row) continue;
    const part = Math.max(0, Math.min(parts - 1, Math.floor((z[site] / height) * parts)));
    most = Math.max(most, ++row[part]);
  }
  return lit.map((row) => Array.from(row, (count) => (count === 0 ? 0 : Math.max(1, Math.round((9 * count) / most)))).join(''));
}

function textOf(sites: number, { shank, z, used }: SitePicture): string {
  const ranges = new Map<number, { low: number; high: number }>();
  z.forEach((height, site) => {
    if (!used[site]) return;
    const range = ranges.get(shank[site]);
    if (!range) ranges.set(shank[site], { low: height, high: height });
    else Object.assign(range, { low: Math.min(range.low, height), high: Math.max(range.high, height) });
  });
  const mm = (um: number) => (um / 1000).toFixed(2);
  const places = [...ranges].sort(([a], [b]) => a - b).map(([index, { low, high }]) => (low === 0 ? `bottom ${mm(high)} mm of shank ${index}` : `${mm(low)} to ${mm(high)} mm of shank ${index}`));
  return `${sites} sites, ${places.join(', ')}`;
}

// Where the sites are, for other programs: a table, Kilosort's channel map, JRClust's parameters, NumPy, probeinterface.
// All coordinates are um; x counts from the left edge of shank 0, channels are numbered by their position in the file.

import { encodeNpy, writeMat5 } from '../formats/index.ts';
import { formatG } from '../common/index.ts';
import { savedChannels } from './channelList.ts';
import { geometry } from './geometry.ts';
import type { Geometry } from './geometry.ts';
import type { Meta } from './meta.ts';
import { findProbeFacts } from './probes.ts';

export interface SiteCoords {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly shank: Int32Array;
  /** False for reference sites, sites that are switched off, and bad channels. */
  readonly connected: boolean[];
  readonly geometry: Geometry;
}

/** `bad` are file columns; numbers beyond the sites (SY) do nothing. `compat` as in `geometry`. */
export function siteCoords(meta: Meta, bad: Iterable<number> = [], options: { compat?: boolean } = {}): SiteCoords {
  const map = geometry(meta, options);
  const excluded = new Set(bad);
  return {
    x: Float64Array.from(map.sites, (site) => site.shank * map.shankPitch + site.x),
    y: Float64Array.from(map.sites, (site) => site.y),
    shank: Int32Array.from(map.sites, (site) => site.shank),
    connected: map.sites.map((site, index) => site.used && !excluded.has(index)),
    geometry: map,
  };
}

/** A line per channel: index, x, y, shank, separated by tabs. */
export function coordsText(coords: SiteCoords): string {
  return Array.from(coords.x, (x, index) => `${index}\t${formatG(x)}\t${formatG(coords.y[index]!)}\t${coords.shank[index]}\n`).join('');
}

/** Kilosort's chanMap as a MAT v5 file; all variables are columns. */
export function kilosortChanMap(coords: SiteCoords, name: string): Uint8Array {
  const indices = Array.from(coords.x, (_, index) => index);
  return writeMat5([
    { name: 'chanMap', value: indices.map((index) => index + 1) },
    { name: 'chanMap0ind', value: indices },
    { name: 'connected', value: coords.connected },
    { name: 'name', value: name },
    { name: 'xcoords', value: coords.x },
    { name: 'ycoords', value: coords.y },
    { name: 'kcoords', value: coords.shank.map((shank) => shank + 1) },
  ]);
}

/**
 * Three lines for a JRClust .prm file, shanks counted from 1. With `compat`, x is one shank pitch too large, as the
 * reference pipeline writes it.
 */
export function jrclustText(coords: SiteCoords, options: { compat?: boolean } = {}): string {
  const shift = options.compat ? coords.geometry.shankPitch : 0;
  const shanks = Array.from(coords.shank, (shank) => shank + 1);
  const places = Array.from(coords.x, (x, index) => `${formatG(x + shift)},${formatG(coords.y[index]!)}`);
  return `shankMap = [${shanks.join(',')}];\nsiteLoc = [${places.join(';')}];\nsiteMap = [${shanks.map((_, index) => index + 1).join(',')}];\n`;
}

/** (n, 2) doubles. */
export function coordsNpy(coords: SiteCoords): Uint8Array {
  const pairs = new Float64Array(2 * coords.x.length);
  coords.x.forEach((x, index) => pairs.set([x, coords.y[index]!], 2 * index));
  return encodeNpy(pairs, [coords.x.length, 2]);
}

/** A probe group of the probeinterface specification 0.2. Channels that are not connected get the device index -1. */
export function probeinterfaceJson(meta: Meta, coords: SiteCoords): string {
  const { partNumber } = coords.geometry;
  const channels = savedChannels(meta);
  const sites = Array.from(coords.x, (_, index) => index);
  const width = findProbeFacts(meta)?.siteSize ?? 12;
  const probe = {
    ndim: 2,
    si_units: 'um',
    annotations: { model_name: partNumber, manufacturer: 'imec', name: `Neuropixels ${partNumber}` },
    contact_positions: sites.map((index) => [coords.x[index], coords.y[index]]),
    contact_plane_axes: sites.map(() => [[1, 0], [0, 1]]),
    contact_shapes: sites.map(() => 'square'),
    contact_shape_params: sites.map(() => ({ width })),
    device_channel_indices: sites.map((index) => (coords.connected[index] ? index : -1)),
    contact_ids: sites.map((index) => `s${coords.shank[index]}c${channels[index]}`),
    shank_ids: sites.map((index) => String(coords.shank[index])),
  };
  return `${JSON.stringify({ specification: 'probeinterface', version: '0.2.21', probes: [probe] }, null, 1)}\n`;
}

// Where the sites of a probe's saved channels are, as plain arrays. A thousand runs have a handful of arrangements, so
// equal ones are kept once.

import { isAftergateError } from '../common/index.ts';
import { geometry } from './geometry.ts';
import { metaText } from './meta.ts';
import type { Meta } from './meta.ts';

/** One entry per saved neural channel. */
export interface SitePicture {
  readonly shank: Uint8Array;
  /** um from the left edge of the shank. */
  readonly x: Float32Array;
  /** um upwards from the lowest row. */
  readonly z: Float32Array;
  /** 0 for reference sites and channels that were switched off. */
  readonly used: Uint8Array;
  /** Shanks of the probe. */
  readonly shanks: number;
  /** um between the left edges of neighbouring shanks. */
  readonly shankPitch: number;
  readonly shankWidth: number;
}

const known = new Map<string, SitePicture | null>();
/** Arrangements that are kept. */
const most = 500;

/** null when the meta does not tell positions, or tells them in a way that cannot be used. */
export function sitePicture(meta: Meta): SitePicture | null {
  const key = ['imDatPrb_pn', 'snsApLfSy', 'snsSaveChanSubset', '~snsGeomMap', '~snsShankMap'].map((name) => metaText(meta, name) ?? '').join('|');
  let picture = known.get(key);
  if (picture === undefined) {
    picture = draw(meta);
    if (known.size >= most) known.clear();
    known.set(Buffer.from(key).toString(), picture); // a copy: the parts would keep the whole meta in memory
  }
  return picture;
}

function draw(meta: Meta): SitePicture | null {
  try {
    const { sites, shanks, shankPitch, shankWidth } = geometry(meta);
    return {
      shank: Uint8Array.from(sites, (site) => site.shank),
      x: Float32Array.from(sites, (site) => site.x),
      z: Float32Array.from(sites, (site) => site.y),
      used: Uint8Array.from(sites, (site) => Number(site.used)),
      shanks,
      shankPitch,
      shankWidth,
    };
  } catch (error) {
    if (isAftergateError(error)) return null;
    throw error;
  }
}

// The sites of a probe as the pages draw them.

import { findProbeFacts, type Meta, metaCounts, partNumber, savedChannels, siteCoords } from '../../spikeglx/index.ts';
import type { ProbeGeometry } from '../contract/index.ts';

/** um; sites of part numbers nobody knows are drawn so. */
const usualSite = 12;

/** @param meta of an AP file. Throws InputFileError when it has no usable map. */
export function probeGeometry(meta: Meta, probe: number): ProbeGeometry {
  const { x, y, shank, connected, geometry } = siteCoords(meta);
  const facts = findProbeFacts(meta);
  const channel = Int32Array.from(savedChannels(meta).slice(0, x.length));
  const used = Uint8Array.from(connected, Number);
  const [acquired] = metaCounts(meta, 'acqApLfSy') ?? [];
  return {
    probe,
    partNumber: partNumber(meta) ?? null,
    text: textOf(partNumber(meta), geometry.shanks, used, y),
    shanks: geometry.shanks,
    shankPitch_um: geometry.shankPitch,
    shankWidth_um: geometry.shankWidth,
    shankLength_um: facts ? (facts.rows - 1) * facts.rowPitch : null,
    siteSize_um: facts?.siteSize ?? usualSite,
    shank: Uint8Array.from(shank),
    x_um: Float32Array.from(x),
    z_um: Float32Array.from(y),
    channel,
    used,
    channels: facts?.acqAp ?? (acquired || Math.max(...channel) + 1),
  };
}

function textOf(part: string | undefined, shanks: number, used: Uint8Array, z_um: Float64Array): string {
  const depths = [...z_um].filter((_, index) => used[index] === 1).sort((a, b) => a - b);
  const place = depths.length === 0 ? 'no site in use' : `${depths.length} sites in use, ${depths[0]} to ${depths.at(-1)} um from the lowest row`;
  return `${part ?? 'unknown part number'}, ${shanks === 1 ? '1 shank' : `${shanks} shanks`}, ${place}`;
}

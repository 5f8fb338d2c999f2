// The drift estimate as files: displacement [time x depth] of the first shank that has one, its times and depths.

import { encodeNpy } from '../../../formats/index.ts';
import type { Stage } from '../units/matchPass.ts';

export function driftFiles(stage: Stage): { name: string; content: Uint8Array }[] {
  return (stage.drift ?? []).flatMap((drift, index) => {
    const suffix = index === 0 ? '' : `_shank${drift.shank}`;
    const { bins, depths, displacement } = drift;
    const turned = Float32Array.from({ length: displacement.length }, (_, k) => displacement[(k % depths.length) * bins + Math.floor(k / depths.length)]);
    const times = Float64Array.from({ length: bins }, (_, bin) => (bin + 0.5) * drift.binSeconds);
    return [
      { name: `motion${suffix}.npy`, content: encodeNpy(turned, [bins, depths.length]) },
      { name: `motion_time_s${suffix}.npy`, content: encodeNpy(times, [bins]) },
      { name: `motion_depth_um${suffix}.npy`, content: encodeNpy(depths, [depths.length]) },
    ];
  });
}

// The columns of a file as people look at them: names, places on the probe, units.

import { geometry, isNegated, type Meta, metaCounts, microvoltsPerCount, type StreamFacts } from '../../spikeglx/index.ts';

export interface Channels {
  /** Leading columns that hold voltages; the others are digital words. */
  readonly analog: number;
  /** Of every column: `AP214`, `XA2`, `SY`. */
  readonly names: readonly string[];
  /** uV per count; NaN for digital words. Negative where the file stands upside down. */
  readonly uVperBit: Float64Array;
  /** Of every analog column: um from the tip and from the left edge, and the shank; NaN and 0 where there are no sites. */
  readonly z_um: Float32Array;
  readonly x_um: Float32Array;
  readonly shank: Uint8Array;
  /** 0 for reference sites and those switched off. */
  readonly used: Uint8Array;
  /** Analog columns from the tip up, shank after shank. */
  readonly order: Int32Array;
  /** Why there are no places, if there are none. */
  readonly problem: string | null;
}

/** @param raw values of files that CatGT wrote stand upright already */
export function channelsOf(meta: Meta, facts: StreamFacts, raw: boolean): Channels {
  const names = namesOf(meta, facts);
  const analog = facts.neural > 0 ? facts.neural : names.filter((name) => /^(MN|MA|XA)/.test(name)).length;
  const sign = raw && isNegated(meta) ? -1 : 1;
  const sites = facts.neural > 0 ? sitesOf(meta) : null;
  const z_um = Float32Array.from({ length: analog }, (_, column) => sites?.places?.[column]?.y ?? NaN);
  const x_um = Float32Array.from({ length: analog }, (_, column) => sites?.places?.[column]?.x ?? NaN);
  const shank = Uint8Array.from({ length: analog }, (_, column) => sites?.places?.[column]?.shank ?? 0);
  const order = Int32Array.from({ length: analog }, (_, column) => column);
  if (sites?.places) order.sort((a, b) => shank[a] - shank[b] || z_um[a] - z_um[b] || x_um[a] - x_um[b] || a - b);
  return {
    analog, names, z_um, x_um, shank, order,
    uVperBit: microvoltsPerCount(meta, facts.stream).map((value) => value * sign),
    used: Uint8Array.from({ length: analog }, (_, column) => (sites?.places?.[column]?.used === false ? 0 : 1)),
    problem: sites?.problem ?? null,
  };
}

function sitesOf(meta: Meta) {
  try {
    return { places: geometry(meta).sites, problem: null };
  } catch (error) {
    return { places: null, problem: (error as Error).message };
  }
}

function namesOf(meta: Meta, { stream, neural, channels, columns }: StreamFacts): string[] {
  const kinds = stream.kind === 'nidq' ? ['MN', 'MA', 'XA', 'XD'] : stream.kind === 'obx' ? ['XA', 'XD', 'SY'] : [];
  const counts = metaCounts(meta, stream.kind === 'nidq' ? 'snsMnMaXaDw' : 'snsXaDwSy') ?? [];
  const numbered = kinds.flatMap((kind, index) => Array.from({ length: counts[index] ?? 0 }, (_, n) => `${kind}${n}`));
  return Array.from({ length: columns }, (_, column) => {
    if (kinds.length > 0) return numbered[column] ?? `word ${column}`;
    return column < neural ? `${stream.kind.toUpperCase()}${channels[column]}` : columns - neural > 1 ? `SY${column - neural}` : 'SY';
  });
}

// Distances in um as numbers of sites of the probe at hand.

import type { EphysParams } from '../../spikeglx/index.ts';
import type { InputJsonValues } from './arguments.ts';

export interface Sites {
  readonly loccarInner: number;
  readonly loccarOuter: number;
  /** Sites that whiten each other. */
  readonly whitening: number;
  /** Sites a template spans. */
  readonly templateSites: number;
  readonly snrRadius: number;
}

/** Kilosort takes no more than these. */
const mostWhitening = 384;
const mostTemplateSites = 32;

/** The formulas of the Python pipeline's createInputJson; a probe with one row counts along it. */
export function sitesOf(args: InputJsonValues, probe: EphysParams): Sites {
  const pitch = probe.vpitch || probe.hpitch || 20;
  const rows = (um: number) => roundHalfEven(um / pitch);
  /** Sites within a circle: the rows its height over the columns spans, times columns. */
  const circle = (radius: number) => roundHalfEven(((2 * Math.sqrt(Math.max(0, radius ** 2 - probe.hpitch ** 2))) / pitch) * probe.nColumn);
  const fixed = args.ks_nNeighbors_sites_fix;
  return {
    loccarInner: rows(args.catGT_loccar_min_um),
    loccarOuter: rows(args.catGT_loccar_max_um),
    whitening: Math.min(circle(args.ks_whiteningRadius_um), mostWhitening),
    templateSites: Math.min(fixed > 0 ? fixed : circle(args.ks_templateRadius_um), mostTemplateSites),
    snrRadius: rows(args.c_Waves_snr_um),
  };
}

/** As Python rounds: halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

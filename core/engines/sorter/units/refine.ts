// From first templates to good ones: match part of the recording, take what the units look like there, split what turns
// out to be two, join what turns out to be one, drop what is nothing.

import { blockLength } from '../blocks.ts';
import { splitGroup } from '../cluster/splitGroup.ts';
import { mergePieces, waveformFromFeatures } from '../cluster/mergeClusters.ts';
import type { Piece } from '../cluster/mergeClusters.ts';
import { pickSites } from '../cluster/pickSites.ts';
import { components } from '../noise/basis.ts';
import { squaredDistance } from '../neighbours.ts';
import { templateFrom } from '../templates/template.ts';
import type { Template } from '../templates/template.ts';
import { doubtAbout } from './doubt.ts';
import { matchBlocks } from './matchPass.ts';
import type { Stage } from './matchPass.ts';
import { Tally } from './unitTally.ts';
import type { UnitTally } from './unitTally.ts';

/** Pieces that refining may merge, by distance of waveforms. */
const sureDistance = 0.3;
const mergeRadius = 60; // um
const mergeDip = 1.5;
const fewSpikes = 40;
const splitRadius = 60; // um
const splitDims = 6;

export async function refineTemplates(stage: Stage, templates: readonly Template[], blocks: readonly number[], split: boolean): Promise<Template[]> {
  if (templates.length === 0) return [];
  const tally = new Tally(stage.recording.sites, templates, stage.around, 'residual', stage.settings.seed);
  await matchBlocks(stage, templates, blocks, 'residual', (matched) => tally.add(matched));
  const alive = tally.units().filter((unit) => isAlive(stage, unit, blocks.length, split));
  const pieces = alive.flatMap((unit) => piecesOf(stage, unit, split)).map((piece, k) => ({ ...piece, parts: [k] }));
  const merged = mergePieces(pieces, stage.recording.sites, stage.noise.basis, {
    sure: sureDistance, possible: stage.settings.mergeDistance, dip: mergeDip, radius: mergeRadius, fewSpikes,
  });
  const refined = merged.map((piece) => toTemplate(stage, piece));
  stage.context.log(`refined ${templates.length} templates on ${blocks.length} blocks: ${alive.length} alive, ${pieces.length} pieces, ${refined.length} units`);
  return refined.filter((template) => Math.sqrt(template.energy) >= stage.settings.minNorm);
}

export function toTemplate(stage: Stage, piece: Piece): Template {
  return templateFrom(piece.waveform, stage.recording.sites, stage.settings.templateRadius, piece.count);
}

/** The first templates are rough: what speaks against a unit counts only half before they are refined once. */
function isAlive(stage: Stage, unit: UnitTally, blocks: number, isFirst: boolean): boolean {
  const share = Math.min(1, (blocks * blockLength) / stage.recording.samples);
  return unit.count >= 0.5 * stage.settings.minSpikes * share && doubtAbout(unit, isFirst ? 2 : 1) === undefined;
}

export function pieceOf(unit: UnitTally): Piece {
  return { site: unit.template.peakSite, sites: unit.around, count: unit.count, waveform: unit.waveform, sample: unit.sample, parts: [0] };
}

/** The unit itself or, where its spikes fall into clusters, one piece for each. */
function piecesOf(stage: Stage, unit: UnitTally, split: boolean): Piece[] {
  const whole = pieceOf(unit);
  if (!split) return [whole];
  const { settings, recording } = stage;
  const width = unit.around.length * components;
  const inner = Array.from(unit.around.keys()).filter((k) => squaredDistance(recording.sites, unit.around[k], unit.template.peakSite) <= splitRadius ** 2);
  const parts = splitGroup(pickSites(unit.sample, unit.around.length, inner), inner.length * components, {
    dims: splitDims, starts: 10, minSize: settings.minCluster, dip: settings.isocut, depth: 2, seed: settings.seed,
  });
  if (parts.length === 1) return [whole];
  return parts.map((members) => {
    const sample = new Float32Array(members.length * width);
    const mean = new Float64Array(width);
    members.forEach((k, row) => {
      sample.set(unit.sample.subarray(k * width, (k + 1) * width), row * width);
      for (let j = 0; j < width; j++) mean[j] += unit.sample[k * width + j] / members.length;
    });
    const count = Math.round((unit.count * members.length * width) / unit.sample.length);
    return { ...whole, count, sample, waveform: waveformFromFeatures(mean, unit.around, stage.noise.basis) };
  });
}

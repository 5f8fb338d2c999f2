// The order of the stages.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, makeFolder, writeWhole } from '../../common/index.ts';
import type { EngineContext } from '../../common/index.ts';
import { blockCount } from './blocks.ts';
import { detectSpikes } from './detect/spikes.ts';
import type { Spikes } from './detect/spikes.ts';
import { estimateDrift, isStill, restful } from './drift/drift.ts';
import type { ShankDrift } from './drift/drift.ts';
import { nearestSites, shanksOf } from './neighbours.ts';
import { deadSites, measureNoise } from './noise/noise.ts';
import type { Noise } from './noise/noise.ts';
import { localWhitening } from './noise/whitening.ts';
import { settingsFrom } from './options.ts';
import type { SorterOptions, SorterSettings } from './options.ts';
import { writePhyFolder } from './output/phyFolder.ts';
import type { SortedUnit } from './output/phyFolder.ts';
import { openRecording, withoutSites } from './recording.ts';
import type { Recording } from './recording.ts';
import { cleanUnits } from './units/clean.ts';
import { firstTemplates } from './units/firstTemplates.ts';
import { matchEverything } from './units/finalPass.ts';
import { aroundSites } from './units/matchPass.ts';
import type { Stage } from './units/matchPass.ts';
import { refineTemplates } from './units/refine.ts';

export interface SorterResult {
  readonly units: readonly SortedUnit[];
  readonly spikes: number;
  /** File columns that were left out because they record nothing or only noise. */
  readonly deadChannels: readonly number[];
  /** Largest displacement that was corrected, um; 0 without drift. */
  readonly largestDisplacement: number;
}

const whiteningSites = 32;
/** Detections fewer than this are no basis for clusters. */
const leastSpikes = 50;

/**
 * Sorts a recording into `options.dest`. A recording without units writes nothing and says so.
 * Throws InputFileError, OutputFileError, ParameterError.
 */
export async function runSorter(options: SorterOptions, context: EngineContext): Promise<SorterResult> {
  const settings = settingsFrom(options);
  const opened = await openRecording(settings);
  const { recording, noise, dead } = await usableRecording(opened, settings, context);
  const spikes = await detectSpikes(recording, noise, settings, context);
  context.log(`${spikes.time.length} spikes detected`);
  const drift = settings.drift === 'off' ? undefined : driftOf(recording, spikes, settings.drift, context);
  const whitening = localWhitening(noise.covariance, nearestSites(recording.sites, whiteningSites));
  const stage: Stage = { recording, settings, noise, whitening, drift, around: aroundSites(recording, settings), context };
  const result = { deadChannels: dead, largestDisplacement: Math.max(0, ...(drift ?? []).flatMap((entry) => Array.from(entry.displacement, Math.abs))) };
  const units = spikes.time.length < leastSpikes ? [] : await sortInto(stage, spikes);
  if (units.length === 0) context.warn(`${settings.bin}: no units found, nothing written to ${settings.dest}`);
  else await writeWhole(path.join(settings.dest, 'sorter.json'), `${JSON.stringify({ version: 1, settings: { ...settings, dest: undefined }, ...result, spikes: sum(units) }, null, 2)}\n`);
  return { units, spikes: sum(units), ...result };
}

const sum = (units: readonly SortedUnit[]): number => units.reduce((total, unit) => total + unit.spikes, 0);

/** Leaves dead sites out and measures the noise of the rest. */
async function usableRecording(opened: Recording, settings: SorterSettings, context: EngineContext): Promise<{ recording: Recording; noise: Noise; dead: number[] }> {
  const dead = await deadSites(opened, context);
  if (dead.size === opened.sites.count) throw new InputFileError(settings.bin, 'all channels are dead: nothing to sort');
  const recording = dead.size > 0 ? withoutSites(opened, dead) : opened;
  if (dead.size > 0) context.log(`left out ${dead.size} channels that record nothing or only noise`);
  return { recording, noise: await measureNoise(recording, settings.detectRadius, context), dead: [...dead].map((site) => opened.sites.column[site]) };
}

/** One estimate per shank; undefined when no shank moves. */
function driftOf(recording: Recording, spikes: Spikes, mode: 'on' | 'auto', context: EngineContext): ShankDrift[] | undefined {
  const { sites, rate } = recording;
  const drifts = shanksOf(sites).map((shank) => {
    const depths = sites.y.filter((_, site) => sites.shank[site] === shank);
    const members = Uint32Array.from(spikes.time.keys()).filter((k) => sites.shank[spikes.site[k]] === shank);
    if (members.length < leastSpikes) return restful(shank);
    const drift = estimateDrift({
      shank, lowest: Math.min(...depths), highest: Math.max(...depths), duration: recording.samples / rate,
      seconds: Float64Array.from(members, (k) => spikes.time[k] / rate), depth: Float64Array.from(members, (k) => spikes.y[k]),
    }, mode);
    context.log(`shank ${shank}: sharpness ${drift.sharpness.before.toFixed(3)} -> ${drift.sharpness.after.toFixed(3)}, ${isStill(drift) ? 'still' : `moves by up to ${Math.max(...drift.displacement.map(Math.abs)).toFixed(1)} um`}`);
    return drift;
  });
  return drifts.every(isStill) ? undefined : drifts;
}

async function sortInto(stage: Stage, spikes: Spikes): Promise<SortedUnit[]> {
  const { settings, recording } = stage;
  let templates = await firstTemplates(stage, spikes);
  const all = Array.from({ length: blockCount(recording.samples) }, (_, block) => block);
  templates = await refineTemplates(stage, templates, sampleOf(all, settings, recording, 0), true);
  templates = await refineTemplates(stage, templates, sampleOf(all, settings, recording, 1), false);
  if (templates.length === 0) return [];
  await makeFolder(settings.dest);
  const featureFile = path.join(settings.dest, 'features.part');
  try {
    const pass = await matchEverything(stage, templates, featureFile);
    const clean = cleanUnits(stage, pass);
    stage.context.log(`${templates.length} templates, ${clean.dropped.length} dropped, ${clean.units.length} units`);
    if (clean.units.length === 0) return [];
    return await writePhyFolder(stage, pass, clean, featureFile);
  } finally {
    await fs.rm(featureFile, { force: true });
  }
}

/** Blocks for refining, evenly spread: every other at most; `offset` gives the ones in between. */
function sampleOf(all: readonly number[], settings: SorterSettings, recording: Recording, offset: number): number[] {
  const wanted = Math.max(1, Math.min(Math.ceil(all.length / 2), Math.round((settings.refineSeconds / (recording.samples / recording.rate)) * all.length)));
  const step = all.length / wanted;
  const chosen = Array.from({ length: wanted }, (_, k) => all[Math.min(all.length - 1, Math.floor(k * step + (offset * step) / 2))]);
  return [...new Set(chosen)];
}

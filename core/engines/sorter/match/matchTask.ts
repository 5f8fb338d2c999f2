// Task: the spikes of all templates in some blocks, by projecting the registered, whitened trace and explaining it
// greedily; then what each unit looks like in the residual, its spikes' features, and its mean in the unwhitened trace.

import { openWorkspace } from '../../../kernels/sorter/index.ts';
import type { Workspace } from '../../../kernels/sorter/index.ts';
import { blockLength, blockMargin } from '../blocks.ts';
import { displacementAt } from '../drift/drift.ts';
import type { ShankDrift } from '../drift/drift.ts';
import { readTrace, traceBytes } from '../frontEnd.ts';
import type { Whitening } from '../noise/whitening.ts';
import type { Recording } from '../recording.ts';
import { operatorRows } from '../registration.ts';
import type { OperatorRows } from '../registration.ts';
import type { TemplateSet } from '../templates/crossCorrelation.ts';
import { expand } from '../templates/template.ts';
import { matchSpikes } from './greedy.ts';
import type { MatchRules } from './greedy.ts';
import { measureSpikes } from './measure.ts';
import type { Measured } from './measure.ts';
import { projectAll } from './project.ts';
import { subtractSpikes } from './subtract.ts';
import { whitenTrace } from './whitenTrace.ts';

export interface MatchRequest {
  readonly recording: Recording;
  /** Numbers of the blocks to do. */
  readonly blocks: readonly number[];
  readonly whitening: Whitening;
  /** One per shank; undefined: no registration. */
  readonly drift: readonly ShankDrift[] | undefined;
  readonly set: TemplateSet;
  readonly rules: MatchRules;
  /** TemporalBasis.shifted */
  readonly basis: Float32Array;
  /** Sites on which the unit's residual and features are measured, for every unit. */
  readonly around: readonly Int32Array[];
  /** Length of the longest of these lists. */
  readonly aroundSites: number;
  /** What to sum up over every unit's spikes: residuals, to refine templates, or the filtered trace, to show them. */
  readonly sums: 'residual' | 'filtered';
}

/** Spikes of one block in time order. */
export interface Matched {
  /** Samples from the start of the recording. */
  readonly time: Float64Array;
  readonly unit: Int32Array;
  readonly amplitude: Float32Array;
  readonly measured: Measured;
}

export function matchTask(request: MatchRequest): Matched[] {
  const { recording } = request;
  const length = blockLength + 2 * blockMargin;
  const units = request.set.templates.length;
  const stride = length + 16;
  const workspace = openWorkspace(traceBytes(recording, length) + 4 * (stride + 1024) * (recording.sites.count + units + 8) + 2 ** 22);
  const rows = operatorRows(recording.sites, request.whitening);
  const waveforms = request.set.templates.map(expand);
  return request.blocks.map((block) => matchBlock(workspace, request, rows, waveforms, block));
}

function matchBlock(workspace: Workspace, request: MatchRequest, rows: OperatorRows, waveforms: readonly Float64Array[], block: number): Matched {
  workspace.clear();
  const { recording, set } = request;
  const first = block * blockLength - blockMargin;
  const trace = readTrace(workspace, recording, first, blockLength + 2 * blockMargin);
  const displacement = siteDisplacements(request, (first + blockMargin + blockLength / 2) / recording.rate);
  const white = whitenTrace(workspace, trace, recording.sites, rows, displacement);
  const projections = projectAll(workspace, white, set);
  const spikes = matchSpikes(set, projections, request.rules);
  subtractSpikes(white, set, waveforms, spikes);
  const end = Math.min(blockLength, recording.samples - block * blockLength);
  const kept = spikes.filter((spike) => spike.at >= blockMargin && spike.at < blockMargin + end);
  return {
    time: Float64Array.from(kept, (spike) => first + spike.at),
    unit: Int32Array.from(kept, (spike) => spike.unit),
    amplitude: Float32Array.from(kept, (spike) => spike.amplitude),
    measured: measureSpikes(workspace, request, trace, white, waveforms, kept, displacement),
  };
}

/** Whole um per site, or undefined without drift. */
function siteDisplacements(request: MatchRequest, seconds: number): Int16Array | undefined {
  const { drift } = request;
  if (!drift) return undefined;
  const { sites } = request.recording;
  return Int16Array.from({ length: sites.count }, (_, site) => {
    const shank = drift.find((entry) => entry.shank === sites.shank[site]);
    return shank ? Math.round(displacementAt(shank, seconds, sites.y[site])) : 0;
  });
}

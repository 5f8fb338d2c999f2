// Runs matching over blocks and puts the results together in block order.

import { inOrder } from '../../../common/index.ts';
import type { EngineContext } from '../../../common/index.ts';
import type { ShankDrift } from '../drift/drift.ts';
import type { Matched, MatchRequest } from '../match/matchTask.ts';
import { nearestSites, sitesWithin } from '../neighbours.ts';
import type { Noise } from '../noise/noise.ts';
import type { Whitening } from '../noise/whitening.ts';
import type { SorterSettings } from '../options.ts';
import type { Recording } from '../recording.ts';
import { noiseGain, templateSet } from '../templates/crossCorrelation.ts';
import type { Template } from '../templates/template.ts';

/** What does not change from one matching pass to the next. */
export interface Stage {
  readonly recording: Recording;
  readonly settings: SorterSettings;
  readonly noise: Noise;
  readonly whitening: Whitening;
  /** Undefined: no registration. */
  readonly drift: readonly ShankDrift[] | undefined;
  /** For every site the sites on which spikes of a unit peaking there are described. */
  readonly around: readonly Int32Array[];
  readonly context: EngineContext;
}

const leastAround = 40;
const mostAround = 64;
const blocksPerTask = 4;

/** The sites within the metrics radius, at least 40 and at most 64, as many for every site as the shank has. */
export function aroundSites(recording: Recording, settings: SorterSettings): Int32Array[] {
  const widest = Math.max(...sitesWithin(recording.sites, settings.metricsRadius).map((list) => list.length));
  return nearestSites(recording.sites, Math.min(mostAround, Math.max(leastAround, widest)));
}

export async function matchBlocks(
  stage: Stage, templates: readonly Template[], blocks: readonly number[], sums: MatchRequest['sums'],
  take: (matched: Matched) => void | Promise<void>,
): Promise<void> {
  const { settings, context, noise } = stage;
  const leastGain = Float64Array.from(templates, (template) => (settings.matchSigma * noiseGain(template, noise.autocorrelation)) ** 2);
  const around = templates.map((template) => stage.around[template.peakSite]);
  const shared: Omit<MatchRequest, 'blocks'> = {
    recording: stage.recording,
    whitening: stage.whitening,
    drift: stage.drift,
    set: templateSet(templates),
    rules: {
      amplitudeSd: settings.amplitudeSd,
      amplitudeMin: settings.amplitudeMin,
      amplitudeMax: settings.amplitudeMax,
      refractory: Math.round(settings.refractoryMs * 1e-3 * stage.recording.rate),
      leastGain,
    },
    basis: noise.basis.shifted,
    around,
    aroundSites: Math.max(...around.map((list) => list.length)),
    sums,
  };
  const tasks = Array.from({ length: Math.ceil(blocks.length / blocksPerTask) }, (_, k) => blocks.slice(k * blocksPerTask, (k + 1) * blocksPerTask));
  await inOrder(tasks.length, 2 * context.pool.size, (k) => context.pool.run<Matched[]>('sorter.match', { ...shared, blocks: tasks[k] }, { signal: context.signal }), async (results, k) => {
    for (const matched of results) await take(matched);
    context.progress?.({ label: 'matching', done: k + 1, total: tasks.length });
  });
}

// From detected spikes to first templates: groups by resting site, clusters of every group, pieces joined to units.

import { inOrder } from '../../../common/index.ts';
import { clusterSites } from '../cluster/clusterTask.ts';
import type { Cluster, ClusterRequest, SiteGroup } from '../cluster/clusterTask.ts';
import { mergePieces, waveformFromFeatures } from '../cluster/mergeClusters.ts';
import type { Piece } from '../cluster/mergeClusters.ts';
import { componentsPerSpike } from '../detect/spikes.ts';
import type { Spikes } from '../detect/spikes.ts';
import { displacementAt } from '../drift/drift.ts';
import { nearestSites } from '../neighbours.ts';
import type { Template } from '../templates/template.ts';
import type { Stage } from './matchPass.ts';
import { toTemplate } from './refine.ts';

const sitesPerTask = 4;
const sureDistance = 0.35;
const mergeRadius = 60; // um
const mergeDip = 1.5;
const fewSpikes = 40;

export async function firstTemplates(stage: Stage, spikes: Spikes): Promise<Template[]> {
  const { recording, settings, context, noise } = stage;
  const groups = groupByRestingSite(stage, spikes);
  const tasks = Array.from({ length: Math.ceil(groups.length / sitesPerTask) }, (_, k) => groups.slice(k * sitesPerTask, (k + 1) * sitesPerTask));
  const clusters: Cluster[] = [];
  await inOrder(tasks.length, 2 * context.pool.size, (k) => {
    const request: ClusterRequest = {
      recording, whitening: stage.whitening, registered: stage.drift !== undefined, groups: tasks[k].map((members) => siteGroup(stage, spikes, members)),
      minCluster: settings.minCluster, dip: settings.isocut, seed: settings.seed,
    };
    return context.pool.run<Cluster[]>('sorter.cluster', request, { signal: context.signal });
  }, (found, k) => {
    clusters.push(...found);
    context.progress?.({ label: 'clustering', done: k + 1, total: tasks.length });
  });
  const near = nearestSites(recording.sites, clusterSites);
  const pieces: Piece[] = clusters
    .filter((cluster) => cluster.members.length >= settings.minCluster / 2)
    .map((cluster, k) => ({
      site: cluster.site, sites: near[cluster.site], count: cluster.members.length, sample: cluster.sample, parts: [k],
      waveform: waveformFromFeatures(cluster.mean, near[cluster.site], noise.basis),
    }));
  const merged = mergePieces(pieces, recording.sites, noise.basis, {
    sure: sureDistance, possible: settings.mergeDistance + 0.1, dip: mergeDip, radius: mergeRadius, fewSpikes,
  });
  const templates = merged.filter((piece) => piece.count >= settings.minCluster).map((piece) => toTemplate(stage, piece));
  context.log(`${clusters.length} clusters, ${merged.length} after merging, ${templates.length} templates`);
  return templates.filter((template) => Math.sqrt(template.energy) >= 0.8 * settings.minNorm);
}

interface RestingSite { readonly site: number; readonly spikes: number[] }

/** Spikes with features, by the site nearest to where they rest; sites in order. */
function groupByRestingSite(stage: Stage, spikes: Spikes): RestingSite[] {
  const { sites, rate } = stage.recording;
  const groups = new Map<number, number[]>();
  for (let k = 0; k < spikes.time.length; k++) {
    if (spikes.feature[k] < 0) continue;
    const shank = sites.shank[spikes.site[k]];
    const moved = displacementOf(stage, shank, spikes.time[k] / rate, spikes.y[k]);
    const site = nearestSite(stage, shank, spikes.x[k], spikes.y[k] - moved);
    const list = groups.get(site);
    if (list) list.push(k);
    else groups.set(site, [k]);
  }
  return [...groups].sort((a, b) => a[0] - b[0]).map(([site, list]) => ({ site, spikes: list }));
}

function nearestSite(stage: Stage, shank: number, x: number, y: number): number {
  const { sites } = stage.recording;
  let best = -1;
  let least = Infinity;
  for (let site = 0; site < sites.count; site++) {
    if (sites.shank[site] !== shank) continue;
    const distance = (sites.x[site] - x) ** 2 + (sites.y[site] - y) ** 2;
    if (distance < least) {
      least = distance;
      best = site;
    }
  }
  return best;
}

function displacementOf(stage: Stage, shank: number, seconds: number, depth: number): number {
  const drift = stage.drift?.find((entry) => entry.shank === shank);
  return drift ? displacementAt(drift, seconds, depth) : 0;
}

function siteGroup(stage: Stage, spikes: Spikes, group: RestingSite): SiteGroup {
  const { rate, sites } = stage.recording;
  const features = new Int16Array(group.spikes.length * componentsPerSpike);
  group.spikes.forEach((k, row) => features.set(spikes.featuresOf(k), row * componentsPerSpike));
  return {
    site: group.site,
    source: Int16Array.from(group.spikes, (k) => spikes.site[k]),
    displacement: Int16Array.from(group.spikes, (k) => Math.round(displacementOf(stage, sites.shank[spikes.site[k]], spikes.time[k] / rate, sites.y[spikes.site[k]]))),
    features,
  };
}

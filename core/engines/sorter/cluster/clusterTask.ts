// Task: the spikes that rest at some sites, site by site. Their features are registered and whitened, then split.

import { components } from '../noise/basis.ts';
import type { Whitening } from '../noise/whitening.ts';
import { featureSites, featureUnit } from '../detect/detectTask.ts';
import { nearestSites, squaredDistance } from '../neighbours.ts';
import type { Recording } from '../recording.ts';
import { operatorRows } from '../registration.ts';
import type { OperatorRows } from '../registration.ts';
import { splitGroup } from './splitGroup.ts';
import { uniformOf } from '../random.ts';

export interface SiteGroup {
  readonly site: number;
  /** Per spike: the site it was detected on, the displacement of its tissue (whole um), its features. */
  readonly source: Int16Array;
  readonly displacement: Int16Array;
  readonly features: Int16Array;
}

export interface ClusterRequest {
  readonly recording: Recording;
  readonly whitening: Whitening;
  /** Whether displacements count; without drift, nothing is interpolated. */
  readonly registered: boolean;
  readonly groups: readonly SiteGroup[];
  readonly minCluster: number;
  readonly dip: number;
  readonly seed: number;
}

/** Registered, whitened features live on the sites nearest to the cluster's. */
export interface Cluster {
  readonly site: number;
  /** Indices into the group. */
  readonly members: Int32Array;
  /** [clusterSites x components] */
  readonly mean: Float32Array;
  /** [sample x clusterSites x components] of up to `sampleSize` members. */
  readonly sample: Float32Array;
}

export const clusterSites = 24;
const sampleSize = 300;
const splitRadius = 60; // um
const splitDims = 6;
const splitStarts = 15;
const splitDepth = 4;

export function clusterTask(request: ClusterRequest): Cluster[] {
  const { sites } = request.recording;
  const stored = nearestSites(sites, featureSites);
  const rows = operatorRows(sites, request.whitening);
  return request.groups.flatMap((group) => {
    const near = stored[group.site].slice(0, clusterSites);
    const features = registeredFeatures(group, near, stored, rows, request.registered);
    const inner = near.filter((site) => squaredDistance(sites, site, group.site) <= splitRadius ** 2).length;
    const parts = splitGroup(firstSites(features, near.length, inner), inner * components, {
      dims: splitDims, starts: splitStarts, minSize: request.minCluster, dip: request.dip, depth: splitDepth, seed: request.seed,
    });
    return parts.map((members) => describe(group.site, members, features, near.length * components, request.seed));
  });
}

/** [spike x near x components] */
export function registeredFeatures(group: SiteGroup, near: Int32Array, stored: readonly Int32Array[], rows: OperatorRows, registered: boolean): Float32Array {
  const width = near.length * components;
  const count = group.source.length;
  const result = new Float32Array(count * width);
  const positions = new Map<number, Int16Array>();
  for (let spike = 0; spike < count; spike++) {
    const source = group.source[spike];
    const position = positions.get(source) ?? positionsOf(stored[source], stored.length);
    positions.set(source, position);
    const start = spike * featureSites * components;
    for (let r = 0; r < near.length; r++) {
      const row = rows(near[r], registered ? group.displacement[spike] : undefined);
      const to = spike * width + r * components;
      for (let k = 0; k < row.sites.length; k++) {
        const at = position[row.sites[k]];
        if (at < 0) continue;
        const weight = row.weights[k] * featureUnit;
        const from = start + at * components;
        for (let c = 0; c < components; c++) result[to + c] += weight * group.features[from + c];
      }
    }
  }
  return result;
}

/** Where each site stands in a list, -1 where it does not. */
function positionsOf(list: Int32Array, sites: number): Int16Array {
  const position = new Int16Array(sites).fill(-1);
  list.forEach((site, k) => { position[site] = k; });
  return position;
}

function firstSites(features: Float32Array, all: number, wanted: number): Float32Array {
  const from = all * components;
  const to = wanted * components;
  const count = features.length / from;
  const result = new Float32Array(count * to);
  for (let k = 0; k < count; k++) result.set(features.subarray(k * from, k * from + to), k * to);
  return result;
}

function describe(site: number, members: Int32Array, features: Float32Array, width: number, seed: number): Cluster {
  const sum = new Float64Array(width);
  for (const k of members) for (let j = 0; j < width; j++) sum[j] += features[k * width + j];
  const order = Array.from(members);
  if (order.length > sampleSize) order.sort((a, b) => uniformOf(seed, a, site) - uniformOf(seed, b, site));
  const chosen = order.slice(0, sampleSize).sort((a, b) => a - b);
  const sample = new Float32Array(chosen.length * width);
  chosen.forEach((k, row) => sample.set(features.subarray(k * width, (k + 1) * width), row * width));
  return { site, members, mean: Float32Array.from(sum, (value) => value / members.length), sample };
}

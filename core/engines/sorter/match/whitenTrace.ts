// The registered, whitened trace: every site a mixture of the sites around the place where its tissue is now.

import type { Workspace } from '../../../kernels/sorter/index.ts';
import type { Trace } from '../frontEnd.ts';
import type { Sites } from '../recording.ts';
import type { OperatorRows } from '../registration.ts';

const together = 4; // sites that share one pass over their sources
const tile = 1024; // samples

export function whitenTrace(workspace: Workspace, trace: Trace, sites: Sites, rows: OperatorRows, displacement: Int16Array | undefined): Trace {
  const stride = Math.ceil(trace.length / 16) * 16;
  const out = workspace.f32(sites.count * stride);
  const addresses = Int32Array.from({ length: sites.count }, (_, site) => out.at + 4 * site * stride);
  const unused = workspace.f32(stride);
  const groups = alongShanks(sites).map((members) => prepare(workspace, trace, members, rows, displacement, addresses, unused.at));
  const length = Math.ceil(trace.length / 8) * 8;
  for (let from = 0; from < length; from += tile) {
    const count = Math.min(tile, length - from);
    for (const group of groups) workspace.kernels.mix4(group.table, group.count, group.weights, group.targets, from, count);
  }
  return { first: trace.first, length: trace.length, stride, rows: out, addresses };
}

/** Sites in fours, neighbours together. */
function alongShanks(sites: Sites): number[][] {
  const order = Array.from({ length: sites.count }, (_, site) => site)
    .sort((a, b) => sites.shank[a] - sites.shank[b] || sites.y[a] - sites.y[b] || sites.x[a] - sites.x[b] || a - b);
  return Array.from({ length: Math.ceil(order.length / together) }, (_, k) => order.slice(k * together, (k + 1) * together));
}

function prepare(workspace: Workspace, trace: Trace, members: readonly number[], rows: OperatorRows, displacement: Int16Array | undefined, addresses: Int32Array, unused: number) {
  const operators = members.map((site) => rows(site, displacement?.[site]));
  const sources = [...new Set(operators.flatMap((row) => Array.from(row.sites)))].sort((a, b) => a - b);
  const indexOf = new Map(sources.map((site, k) => [site, k]));
  const table = workspace.i32(sources.length);
  sources.forEach((site, k) => { table.view[k] = trace.addresses[site]; });
  const weights = workspace.f32(sources.length * together);
  weights.view.fill(0);
  operators.forEach((row, lane) => row.sites.forEach((site, k) => { weights.view[indexOf.get(site)! * together + lane] = row.weights[k]; }));
  const targets = workspace.i32(together);
  targets.view.fill(unused);
  members.forEach((site, lane) => { targets.view[lane] = addresses[site]; });
  return { table: table.at, count: sources.length, weights: weights.at, targets: targets.at };
}

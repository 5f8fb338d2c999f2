// Projections of the whitened trace on all templates: spatial mixtures first, then their temporal parts.

import type { Workspace } from '../../../kernels/sorter/index.ts';
import type { Trace } from '../frontEnd.ts';
import { lagReach } from '../templates/crossCorrelation.ts';
import type { TemplateSet } from '../templates/crossCorrelation.ts';
import { rank, templateBefore, templateLength } from '../templates/template.ts';
import type { Projections } from './greedy.ts';

const tile = 2048; // samples; its mixtures stay in the first-level cache

export function projectAll(workspace: Workspace, white: Trace, set: TemplateSet): Projections {
  const units = set.templates.length;
  const usable = Math.floor((white.length - templateLength) / 16) * 16;
  const stride = white.stride;
  const out = workspace.f32(units * stride);
  out.view.fill(0);
  const scratch = workspace.f32(rank * (tile + 64));
  const mixStride = 4 * (tile + 64);
  set.templates.forEach((template, unit) => {
    const mark = workspace.mark();
    const table = workspace.i32(template.sites.length);
    template.sites.forEach((site, k) => { table.view[k] = white.addresses[site]; });
    const spatial = workspace.f32(template.spatial.length);
    spatial.view.set(template.spatial);
    const temporal = workspace.f32(template.temporal.length);
    temporal.view.set(template.temporal);
    for (let from = 0; from < usable; from += tile) {
      const count = Math.min(tile, usable - from);
      const mixed = Math.min(Math.ceil((count + templateLength) / 8) * 8, white.stride - from);
      workspace.kernels.mix3(table.at, template.sites.length, spatial.at, from, mixed, scratch.at, mixStride);
      workspace.kernels.convolve3(scratch.at, mixStride, temporal.at, templateLength, out.at + 4 * (unit * stride + templateBefore + from), count);
    }
    workspace.release(mark);
  });
  const found = workspace.i32(stride);
  const from = lagReach + 2;
  const to = white.length - lagReach - 2;
  return {
    values: out.view,
    stride,
    from,
    to,
    maxima: (unit, threshold) => {
      const count = workspace.kernels.extrema(out.at + 4 * unit * stride, from, to, 1, threshold, found.at, stride);
      return found.view.slice(0, count);
    },
  };
}

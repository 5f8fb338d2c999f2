// The sync report of a stream in one line of a log.

import type { StreamReport } from './run.ts';
import type { InterpolationReport } from './syncReport.ts';

export function describeSync({ index, edgeCount, sync }: StreamReport): string {
  const figures = sync.used > 1 ? `, clock ${sync.ppm.toFixed(3)} ppm, residual SD ${milliseconds(sync.sd)} max ${milliseconds(sync.max)} ms` : '';
  const edges = `${sync.used} of ${edgeCount} edges used, ${sync.missing.length} missing, ${sync.extra.length} extra`;
  return `Stream ${index}: ${edges}${figures}${sync.interpolation ? describeInterpolation(sync.interpolation) : ''}`;
}

function describeInterpolation({ count, sd, median, max, offLine, jumps }: InterpolationReport): string {
  const figures = count > 0 ? `residual of an edge left out SD ${milliseconds(sd)} median ${milliseconds(median)} max ${milliseconds(max)} ms (${count} edges)` : 'too few edges for residuals';
  return `; interpolated, ${figures}, ${offLine.length} off the line, ${jumps.length} jumps`;
}

const milliseconds = (seconds: number) => (seconds * 1e3).toFixed(4);

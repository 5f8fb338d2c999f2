// How strong the local field potential is along a probe, and where it says that the brain ends. Pieces of LF, or of AP where
// there is no LF, each averaged down to a low rate.

import { inOrder, type TaskPool, UsageError } from '../../common/index.ts';
import { readSegments, segmentsBetween } from '../../engines/catgt/index.ts';
import { createWelch, findSurface, middleOf, powerProfile, type PowerProfile, type Surface, welchFrequencies } from '../../signal/index.ts';
import { locate, openSource, type SourceRequest } from './source.ts';

export interface SurfaceLook extends PowerProfile {
  readonly surface: Surface | undefined;
  /** Looked at, spread over the gate. */
  readonly seconds: number;
}

interface PieceTask extends SourceRequest {
  /** Which of so many pieces. */
  readonly piece: number;
  readonly pieces: number;
}

interface SurfaceContext {
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  readonly onPiece?: (done: number, total: number) => void;
}

/** Hz: where the potential is strongest. */
export const SURFACE_BAND_HZ: readonly [number, number] = [1, 10];
const PIECES = 20;
const PIECE_S = 1;
/** After averaging, Hz; of windows of so many points. */
const LOW_RATE = 250;
const POINTS = 128;

/** Throws InputFileError; UsageError without positions of sites. */
export async function lookForSurface(files: Omit<SourceRequest, 'options'>, { pool, signal, onPiece }: SurfaceContext): Promise<SurfaceLook> {
  const request: SourceRequest = { ...files, options: '-no_tshift' };
  const { sites, sequence, rate } = openSource(request);
  if (!sites) throw new UsageError('The meta has no positions of sites, so there is no depth to tell.');
  const recorded_s = sequence.stretches.reduce((sum, { count }) => sum + count, 0) / rate;
  if (recorded_s < (2 * POINTS) / LOW_RATE) return { z_um: new Float64Array(0), power_dB: new Float64Array(0), surface: undefined, seconds: 0 };
  const pieces = Math.max(1, Math.min(PIECES, Math.floor(recorded_s / PIECE_S)));
  const powers: Float64Array[] = [];
  await inOrder(
    pieces,
    2 * pool.size,
    (piece) => {
      signal?.throwIfAborted();
      return pool.run<Float64Array>('preprocess.surfacePiece', { ...request, piece, pieces } satisfies PieceTask, { signal });
    },
    (power) => {
      powers.push(power);
      onPiece?.(powers.length, pieces);
    },
  );
  const profile = powerProfile(sites.map(({ y }) => y), sites.map((_, column) => middleOf(Float64Array.from(powers, (power) => power[column]).filter((value) => !Number.isNaN(value)))));
  return { ...profile, surface: findSurface(profile), seconds: Math.min(pieces * PIECE_S, recorded_s) };
}

/** Power density of every neural column in the band, uV^2/Hz; NaN where a site is off or the piece too short. */
export function surfacePiece({ piece, pieces, ...request }: PieceTask): Float64Array {
  const { input, sequence, scale, rate, used } = openSource(request);
  const { columns } = input.facts;
  const total = sequence.stretches.reduce((sum, { count }) => sum + count, 0);
  const { stretch: index, position } = locate(sequence, outputSample(sequence.stretches, Math.floor(((piece + 0.5) * total) / pieces)));
  const stretch = sequence.stretches[index];
  const rows = Math.min(stretch.count, Math.round(PIECE_S * rate));
  const first = Math.max(0, Math.min(position - (rows >> 1), stretch.count - rows));
  const samples = new Int16Array(rows * columns);
  readSegments(segmentsBetween(stretch, first, first + rows), columns, samples, 0);
  const together = Math.max(1, Math.round(rate / LOW_RATE));
  const welch = createWelch(POINTS, rate / together);
  const bins = [...welchFrequencies(POINTS, rate / together).entries()].filter(([, frequency]) => frequency >= SURFACE_BAND_HZ[0] && frequency <= SURFACE_BAND_HZ[1]).map(([bin]) => bin);
  const values = new Float64Array(Math.floor(rows / together));
  return scale.map((uV, column) => {
    if (!used[column] || values.length < POINTS) return NaN;
    for (let at = 0; at < values.length; at++) {
      let sum = 0;
      for (let row = at * together; row < (at + 1) * together; row++) sum += samples[row * columns + column];
      values[at] = (uV * sum) / together;
    }
    welch.clear();
    welch.add(values);
    const density = welch.density();
    return bins.reduce((sum, bin) => sum + density[bin], 0) / bins.length;
  });
}

/** Recorded sample `wanted`, gaps not counted, as a sample of the output. */
function outputSample(stretches: readonly { readonly out: number; readonly count: number }[], wanted: number): number {
  let before = 0;
  for (const { out, count } of stretches) {
    if (wanted < before + count) return out + wanted - before;
    before += count;
  }
  return 0;
}

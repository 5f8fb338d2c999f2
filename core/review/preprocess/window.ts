// A moment of a stream after every stage of the chain, sample for sample as the run would write it.

import { blocksOf, type Edit, editsOf, lineInto } from '../../engines/catgt/index.ts';
import { extentFilter, type Found, type Peak, runBlock, toolsOf } from './chainBlocks.ts';
import { locate, type Source } from './source.ts';

export type Stage = 'raw' | 'filtered' | 'car' | 'final';

export interface ChainWindow {
  /** First output sample, and how many there are: fewer than asked for where a stretch ends. */
  readonly first: number;
  readonly count: number;
  /** int16 counts, [count][neural]. */
  readonly planes: Readonly<Record<Stage, Int16Array>>;
  /** Spans that gfix replaces, in output samples, those that touch the window. */
  readonly edits: readonly (Edit & { readonly peak: Peak | undefined })[];
}

/** An artefact this far away may reach into the window (its extent is measured up to here). */
const REACH = 400;

/** @param first output sample where the window is to begin @param count samples, at least 1 */
export function chainWindow(source: Source, first: number, count: number): ChainWindow {
  const { processing, sequence } = source;
  const { neural, columns } = processing.chain;
  const { stretch, position } = locate(sequence, first);
  const { out, count: available } = sequence.stretches[stretch];
  const from = Math.min(position, Math.max(0, available - count));
  const to = Math.min(available, from + count);
  const reach = processing.gfix ? REACH : 0;
  // Planes are made a little wider than the window: artefacts are replaced by lines between their ends.
  const [wideFrom, wideTo] = [Math.max(0, from - reach), Math.min(available, to + reach)];
  const planes = wholePlanes((wideTo - wideFrom) * neural);
  const copyInto = (plane: Int16Array, blockFrom: number) => (rows: Int16Array) => {
    const end = Math.min(wideTo, blockFrom + rows.length / columns);
    for (let row = Math.max(wideFrom, blockFrom); row < end; row++) {
      const at = (row - blockFrom) * columns;
      plane.set(rows.subarray(at, at + neural), (row - wideFrom) * neural);
    }
  };

  const tools = toolsOf(source);
  const filter = extentFilter(source);
  const found: Found[] = [];
  for (const block of blocksOf(sequence.stretches)) {
    if (block.stretch !== stretch || block.position >= wideTo || block.position + block.rows <= wideFrom) continue;
    found.push(runBlock(source, tools, {
      block,
      raw: copyInto(planes.raw, block.position),
      filtered: copyInto(planes.filtered, block.position),
      referenced: copyInto(planes.car, block.position),
    }, filter));
  }
  const peaks = found.flatMap((part) => part.peaks);
  const edits = editsOf(found.flatMap((part) => part.spans), sequence.total)
    .filter(({ left, length }) => left < out + to && left + length > out + from)
    .map((edit) => ({ ...edit, peak: largest(peaks.filter(({ at }) => at >= edit.left && at < edit.left + edit.length)) }));
  planes.final.set(planes.car);
  for (const edit of edits) replaceSpan(source, planes.final, edit.left - out - wideFrom, edit.length);

  const cut = (plane: Int16Array) => plane.subarray((from - wideFrom) * neural, (to - wideFrom) * neural);
  return { first: out + from, count: to - from, planes: { raw: cut(planes.raw), filtered: cut(planes.filtered), car: cut(planes.car), final: cut(planes.final) }, edits };
}

function wholePlanes(length: number): Record<Stage, Int16Array> {
  return { raw: new Int16Array(length), filtered: new Int16Array(length), car: new Int16Array(length), final: new Int16Array(length) };
}

function largest(peaks: readonly Peak[]): Peak | undefined {
  return peaks.reduce<Peak | undefined>((best, peak) => (best && Math.abs(best.mV) >= Math.abs(peak.mV) ? best : peak), undefined);
}

/** As the run edits its file: a line between the ends, or zeros. `left` is a row of the plane; what lies outside it is cut off. */
function replaceSpan({ processing, options }: Source, plane: Int16Array, left: number, length: number): void {
  const { neural, numerics } = processing.chain;
  const exact = numerics === 'exact';
  const rows = plane.length / neural;
  const rowAt = (row: number) => Math.max(0, Math.min(rows - 1, row)) * neural;
  const from = plane.slice(rowAt(left), rowAt(left) + neural);
  const to = plane.slice(rowAt(left + length - 1), rowAt(left + length - 1) + neural);
  const steps = exact ? length - 1 : length;
  for (let row = 1; row < length - 1; row++) {
    if (left + row < 0 || left + row >= rows) continue;
    if (options.lineFill) lineInto(plane, (left + row) * neural, from, to, row / steps, exact);
    else plane.fill(0, (left + row) * neural, (left + row + 1) * neural);
  }
}

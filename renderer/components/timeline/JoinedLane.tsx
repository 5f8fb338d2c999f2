// One output as CatGT will write it: pieces of files one after the other, fills dotted. Its first sample stands below the
// first sample that is used, so where gaps are filled whole everything stands below its own time.

import type { RunTimeline, TimelineFile } from '../../../core/service/contract/index.ts';
import { lengthText, takenOf } from './describe.ts';
import { type Axis, type Fold, foldedAxis } from './folds.ts';
import styles from './Timeline.module.css';

interface JoinedLaneProps {
  readonly timeline: RunTimeline;
  readonly output: number;
  readonly axis: Axis;
  /** px of a place on the axis. */
  readonly xAt: (place_s: number) => number;
  /** Where the axis begins, px. */
  readonly left: number;
  readonly height: number;
}

export function JoinedLane({ timeline, output, axis, xAt, left, height }: JoinedLaneProps) {
  const row = timeline.rows.find(({ stream }) => stream.endsWith('.ap')) ?? timeline.rows[0];
  const files = row?.files.filter((file) => file.output === output && file.used_smp > 0) ?? [];
  if (!row || files.length === 0) return <text className={styles.stream} x={xAt(axis.of(timeline.from_s)) + 4} y={16}>nothing</text>;
  const zero_s = files[0].start_s - (files[0].outStart_s ?? 0);
  const folded = foldedAxis(files.flatMap((file) => foldsOfFill(file, row.rate_Hz, axis.folds)));
  /** px of a moment of the output. */
  const xOf = (out_s: number) => xAt(axis.of(zero_s) + folded.of(out_s));
  return (
    <>
      {files.map((file) => {
        const taken = takenOf(file, row.rate_Hz)!;
        const start = (file.outStart_s ?? 0) + taken.from_s - file.start_s;
        const end = start + taken.to_s - taken.from_s;
        const fill = file.fill_smp / row.rate_Hz;
        const [x, width] = [xOf(start), xOf(end) - xOf(start)];
        const fillWidth = x - xOf(start - fill);
        return (
          <g key={`${file.gate} ${file.trigger}`} className={styles.joined}>
            {fill > 0 && <rect className={styles.fill} x={x - fillWidth} y={3} width={Math.max(2, fillWidth)} height={height - 6}><title>{`fill of ${lengthText(fill)}`}</title></rect>}
            {fillWidth > 90 && <text x={x - fillWidth / 2} y={16} textAnchor="middle">{`fill ${lengthText(fill)}`}</text>}
            <rect className={styles.piece} x={x} y={3} width={Math.max(2, width)} height={height - 6} />
            {x + width - Math.max(x, left) > 50 && <text x={Math.max(x, left) + 5} y={16}>{`g${file.gate} t${file.trigger}`}</text>}
          </g>
        );
      })}
    </>
  );
}

/** What is folded of the fill before a file, in time of the output: the same silences where the gap is filled whole, else the fill as one. */
function foldsOfFill({ start_s, outStart_s, gap_smp, fill_smp }: TimelineFile, rate_Hz: number, folds: readonly Fold[]): Fold[] {
  const out = outStart_s ?? 0;
  const inGap = folds.filter(({ from_s, to_s }) => to_s <= start_s + 0.001 && from_s >= start_s - gap_smp / rate_Hz - 0.001);
  if (inGap.length === 0 || fill_smp === 0) return [];
  if (fill_smp === gap_smp) return inGap.map(({ from_s, to_s, shown_s }) => ({ from_s: out + from_s - start_s, to_s: out + to_s - start_s, shown_s }));
  const fill = fill_smp / rate_Hz;
  return [{ from_s: out - fill, to_s: out, shown_s: Math.min(fill, inGap[0].shown_s) }];
}

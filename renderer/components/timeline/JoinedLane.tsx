// One output as CatGT will write it: pieces of files one after the other, fills dotted. Its first sample stands below the
// first sample that is used, so where gaps are filled whole everything stands below its own time.

import type { RunTimeline } from '../../../core/service/contract/index.ts';
import { lengthText } from './describe.ts';
import styles from './Timeline.module.css';

interface JoinedLaneProps {
  readonly timeline: RunTimeline;
  readonly output: number;
  readonly xOf: (at_s: number) => number;
  /** Where the axis begins, px. */
  readonly left: number;
  readonly height: number;
}

export function JoinedLane({ timeline, output, xOf, left, height }: JoinedLaneProps) {
  const row = timeline.rows.find(({ stream }) => stream.endsWith('.ap')) ?? timeline.rows[0];
  const files = row?.files.filter((file) => file.output === output && file.used_smp > 0) ?? [];
  if (!row || files.length === 0) return <text className={styles.stream} x={xOf(timeline.from_s) + 4} y={16}>nothing</text>;
  const zero_s = files[0].start_s - (files[0].outStart_s ?? 0);
  return (
    <>
      {files.map((file) => {
        // outStart is where the first sample would lie, before anything was skipped.
        const end = (file.outStart_s ?? 0) + (file.samples_smp - file.trim_smp) / row.rate_Hz;
        const start = end - file.used_smp / row.rate_Hz;
        const fill = file.fill_smp / row.rate_Hz;
        const [x, width] = [xOf(zero_s + start), xOf(zero_s + end) - xOf(zero_s + start)];
        const fillWidth = xOf(zero_s + start) - xOf(zero_s + start - fill);
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

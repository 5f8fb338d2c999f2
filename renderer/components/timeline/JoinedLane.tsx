// One output as CatGT will write it: pieces of files one after the other, fills dotted. Where gaps are filled whole
// everything stands below its own time.

import { lengthText, takenOf } from './describe.ts';
import type { JoinedOutput } from './joined.ts';
import styles from './Timeline.module.css';

interface JoinedLaneProps {
  readonly joined: JoinedOutput;
  /** px of a place on the axis. */
  readonly xAt: (place_s: number) => number;
  /** Where the axis begins, px. */
  readonly left: number;
  readonly height: number;
}

export function JoinedLane({ joined: { files, rate_Hz, of }, xAt, left, height }: JoinedLaneProps) {
  /** px of a moment of the output. */
  const xOf = (out_s: number) => xAt(of(out_s));
  return (
    <>
      {files.map((file) => {
        const taken = takenOf(file, rate_Hz)!;
        const start = (file.outStart_s ?? 0) + taken.from_s - file.start_s;
        const end = start + taken.to_s - taken.from_s;
        const fill = file.fill_smp / rate_Hz;
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

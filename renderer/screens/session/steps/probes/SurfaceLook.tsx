// The depth of the brain's surface as the power of LF proposes it, with the power along the probe; it is taken only by a click.

import { Button } from '@mantine/core';
import type { ProbeSurface } from '../../../../../core/service/contract/index.ts';
import { grouped, Problem } from '../../../../components/index.ts';
import styles from './ProbesStep.module.css';
import type { Look } from './useLook.ts';

interface SurfaceLookProps {
  readonly look: Look<ProbeSurface>;
  /** The field it would be written into, um. */
  readonly depth: number | undefined;
  readonly onDepth: (um: number) => void;
}

export function SurfaceLook({ look: { found, error, isBusy, done_pct, start, stop }, depth, onDepth }: SurfaceLookProps) {
  if (isBusy) return <div className={styles.bad}><Button variant="default" onClick={stop}>Stop looking</Button><span className="caption" role="status">{done_pct} % looked at</span></div>;
  const z_um = found?.surface ? roundedDepth(found.surface.z_um) : undefined;
  return (
    <div className={styles.bad}>
      {z_um === undefined
        ? <Button variant="default" onClick={start}>{found ? 'Look at LF again' : 'from LF'}</Button>
        : <Button variant="default" disabled={depth === z_um} onClick={() => onDepth(z_um)}>{`LF says ${grouped(z_um)} um`}</Button>}
      {error && <Problem error={error} />}
      {found && <span className="caption">{surfaceText(found)}{z_um !== undefined && depth === z_um && ' Taken.'}</span>}
      {found && found.z_um.length > 1 && <PowerPlot found={found} />}
    </div>
  );
}

/** Tens of um: the rows are no closer. */
export const roundedDepth = (um: number) => Math.round(um / 10) * 10;

export function surfaceText({ from, gate, seconds, band_Hz, surface, z_um }: ProbeSurface): string {
  const where = `${band_Hz.join(' to ')} Hz of ${from === 'LF' ? 'LF' : 'AP (there is no LF)'}, ${Math.round(seconds)} s of g${gate}`;
  if (z_um.length < 2) return `The power of ${where} cannot be told: the gate is too short.`;
  if (!surface) return `The power of ${where} falls nowhere along the probe: all of it may be in the brain, or none.`;
  return `There the power of ${where} falls by ${surface.fall_dB.toFixed(0)} dB.`;
}

const [width, height, left, bottom] = [280, 120, 40, 22];

/** Depth upwards, power to the right. */
function PowerPlot({ found: { z_um, power_dB, surface } }: { readonly found: ProbeSurface }) {
  const [top, low, high] = [z_um.at(-1)!, Math.min(...power_dB), Math.max(...power_dB)];
  const x = (dB: number) => left + ((dB - low) / (high - low || 1)) * (width - left - 8);
  const y = (um: number) => height - bottom - (um / (top || 1)) * (height - bottom - 8);
  const ends = [Math.round(low), Math.round(high)];
  return (
    <svg className={styles.power} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Power of LF by depth: ${ends[0]} to ${ends[1]} dB${surface ? `, surface at ${roundedDepth(surface.z_um)} um` : ''}`}>
      <polyline className={styles.powerLine} points={Array.from(z_um, (um, index) => `${x(power_dB[index]).toFixed(1)},${y(um).toFixed(1)}`).join(' ')} />
      {surface && <line className={styles.powerSurface} x1={left} x2={width - 8} y1={y(surface.z_um)} y2={y(surface.z_um)} />}
      {[0, top].map((um) => <text key={um} x={left - 6} y={y(um) + 4} textAnchor="end">{grouped(Math.round(um))}</text>)}
      <text x={left} y={height - 6}>{ends[0]} dB</text>
      <text x={width - 8} y={height - 6} textAnchor="end">{ends[1]} dB</text>
    </svg>
  );
}

// Probes as pictures: a small one for lists (where along its shanks the selected sites are), and one true to scale with
// every saved site.

import { type MouseEvent, useMemo } from 'react';
import type { ProbePictureData, RunProbe } from '../../core/service/contract/index.ts';
import styles from './ProbePicture.module.css';

const thumbWidth = 8;
const thumbHeight = 28;

/** One bar per shank, lit where sites are in use. Its text says the same. */
export function ProbeThumb({ probe }: { readonly probe: RunProbe }) {
  const { thumb } = probe;
  const label = `imec${probe.index} ${probe.partNumber ?? ''} ${probe.text}`;
  if (thumb.length === 0) return <span className={styles.thumb} title={label}><span className="unseen">{label}</span></span>;
  return (
    <svg className={styles.thumb} width={thumb.length * (thumbWidth + 2)} height={thumbHeight} role="img" aria-label={label}>
      <title>{label}</title>
      {thumb.map((digits, shank) => (
        <g key={shank} transform={`translate(${shank * (thumbWidth + 2)} 0)`}>
          <rect className={styles.shank} width={thumbWidth} height={thumbHeight} rx={2} />
          {[...digits].map((digit, part) => digit !== '0' && (
            <rect key={part} className={styles.lit} x={1} width={thumbWidth - 2} y={thumbHeight - ((part + 1) * thumbHeight) / digits.length} height={thumbHeight / digits.length} opacity={0.35 + (0.65 * Number(digit)) / 9} />
          ))}
        </g>
      ))}
    </svg>
  );
}

interface ProbePictureProps {
  readonly picture: ProbePictureData;
  /** What a screen reader says: "384 sites, bottom 3.84 mm of shank 0". */
  readonly label: string;
  readonly height: number;
  /** Pixels per um across, at least; sites are never narrower than 3 px. */
  readonly width?: number;
  /** Extra class of states by site: `excluded`, `chosen`. */
  readonly stateOf?: (site: number) => 'excluded' | 'chosen' | undefined;
  readonly onSite?: (site: number) => void;
}

/** Depth is up, the tip at the bottom; um on the left. One scale in both directions unless the shanks would not fit. */
export function ProbePicture({ picture, label, height, width = 260, stateOf, onSite }: ProbePictureProps) {
  const drawn = useMemo(() => place(picture, width, height), [picture, width, height]);
  const press = (event: MouseEvent) => {
    const site = (event.target as SVGElement).dataset['site'];
    if (site !== undefined) onSite?.(Number(site));
  };
  return (
    <svg className={styles.picture} width={width} height={height} role="img" aria-label={label} onClick={onSite && press}>
      <text className={styles.label} x={0} y={12}>um</text>
      {drawn.ticks.map(({ y, um }) => (
        <g key={um}>
          <line className={styles.tick} x1={40} x2={width} y1={y} y2={y} />
          <text className={styles.label} x={36} y={y + 4} textAnchor="end">{um}</text>
        </g>
      ))}
      {drawn.shanks.map(({ x, shank }) => <path key={shank} className={styles.outline} d={`M${x} 8 V${height - 22} l${drawn.shankWidth / 2} 12 l${drawn.shankWidth / 2} -12 V8`} />)}
      {drawn.sites.map(({ x, y, site }) => (
        <rect key={site} data-site={site} className={`${styles.site} ${picture.used[site] ? styles.used : ''} ${stateOf?.(site) ? styles[stateOf(site)!] : ''}`} x={x} y={y} width={drawn.siteWidth} height={drawn.siteHeight} />
      ))}
    </svg>
  );
}

function place({ shank, x_um, z_um, shankPitch_um, shankWidth_um }: ProbePictureData, width: number, height: number) {
  const top_um = z_um.reduce((most, z) => Math.max(most, z), 0) + 20;
  const across_um = shank.reduce((most, index) => Math.max(most, index * shankPitch_um + shankWidth_um), shankWidth_um);
  const [left, bottom] = [44, height - 24];
  const perUp = (bottom - 12) / top_um;
  // Long shanks are far narrower than high: across, the scale may be larger so that columns can be told apart.
  const perAcross = Math.min((width - left - 8) / across_um, Math.max(perUp, 0.35));
  const step_um = [20, 50, 100, 200, 500, 1000, 2000].find((step) => step * perUp >= 28) ?? 5000;
  const siteHeight = Math.max(1.5, Math.min(12 * perUp, 10));
  const used = [...new Set(shank)].sort((a, b) => a - b);
  return {
    ticks: Array.from({ length: Math.floor(top_um / step_um) + 1 }, (_, index) => ({ um: index * step_um, y: bottom - index * step_um * perUp })),
    shanks: used.map((index) => ({ shank: index, x: left + index * shankPitch_um * perAcross })),
    shankWidth: shankWidth_um * perAcross,
    siteWidth: Math.max(3, 12 * perAcross),
    siteHeight,
    sites: Array.from(shank, (index, site) => ({ site, x: left + (index * shankPitch_um + x_um[site]) * perAcross - 3, y: bottom - z_um[site] * perUp - siteHeight })),
  };
}

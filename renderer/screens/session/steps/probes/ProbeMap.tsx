// The sites of a probe at true scale, tip at the bottom: filled what is saved, crossed out what is left out, ringed what was
// found to be bad. A click takes a
// site out or back in; with Shift, all acquisition numbers from the last one clicked.

import { SegmentedControl } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { JudgedChannel, ProbeGeometry } from '../../../../../core/service/contract/index.ts';
import { markText } from './badChannels.ts';
import { nearestSite, ticksOf } from './mapPlaces.ts';
import styles from './ProbeMap.module.css';

interface ProbeMapProps {
  readonly geometry: ProbeGeometry;
  readonly excluded: ReadonlySet<number>;
  /** Bad channels by acquisition number, once they were looked for. */
  readonly marks?: ReadonlyMap<number, JudgedChannel>;
  readonly onToggle: (channels: readonly number[], leaveOut: boolean) => void;
}

/** px: room for the depth axis and above and below the shanks. */
const axis = 56;
const edge = 16;

export function ProbeMap({ geometry, excluded, marks, onToggle }: ProbeMapProps) {
  const { ref, height } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<'shank' | 'sites' | 'near'>('near');
  const [active, setActive] = useState<number>();
  const { channel, shank, x_um, z_um, used, shanks, shankPitch_um, shankWidth_um, siteSize_um } = geometry;
  const top_um = useMemo(() => Math.max(siteSize_um, ...z_um) + siteSize_um, [z_um, siteSize_um]);
  const length_um = zoom === 'shank' ? Math.max(geometry.shankLength_um ?? 0, top_um) : top_um;
  const fit = Math.max(0.02, (height - 2 * edge) / length_um);
  const scale = zoom === 'near' ? Math.max(fit, 9 / siteSize_um) : fit;
  const size = Math.max(2, siteSize_um * scale);
  const tall = length_um * scale + 2 * edge;
  const wide = axis + ((shanks - 1) * shankPitch_um + shankWidth_um) * scale + edge;
  const xOf = (um: number) => axis + um * scale;
  const yOf = (um: number) => tall - edge - um * scale;

  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [zoom, geometry.probe]);

  const toggle = (index: number, isRange: boolean) => {
    const [from, to] = [channel[isRange && active !== undefined ? active : index], channel[index]].sort((a, b) => a - b);
    onToggle([...channel].filter((each) => each >= from && each <= to), !excluded.has(channel[index]));
    setActive(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = ({ ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as const)[event.key as 'ArrowUp'] as readonly [number, number] | undefined;
    if (direction) {
      event.preventDefault();
      const next = active === undefined ? 0 : nearestSite(geometry, active, direction);
      setActive(next);
      scroller.current?.querySelector(`[data-site="${next}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (event.key === ' ' && active !== undefined) {
      event.preventDefault();
      toggle(active, event.shiftKey);
    }
  };
  const markOf = (index: number) => marks?.get(channel[index]);
  const describe = (index: number) => `channel ${channel[index]}, shank ${shank[index]}, ${z_um[index]} um${used[index] ? '' : ', off'}${excluded.has(channel[index]) ? ', left out' : ''}${markOf(index) ? `, ${markText(markOf(index)!)}` : ''}`;

  return (
    <div className={styles.map}>
      <SegmentedControl aria-label="Scale of the picture" value={zoom} onChange={(value) => setZoom(value as typeof zoom)} data={[{ value: 'near', label: 'Near' }, { value: 'sites', label: 'All sites' }, { value: 'shank', label: 'Whole shank' }]} />
      <p className="caption" aria-live="polite">{active === undefined ? 'Click a site, or arrow keys and Space.' : describe(active)}</p>
      <div ref={ref} className={styles.frame}>
        <div ref={scroller} className={styles.scroller} role="listbox" aria-multiselectable aria-label={`Sites of imec${geometry.probe}, left out: ${excluded.size}`} tabIndex={0} onKeyDown={onKeyDown}
          aria-activedescendant={active === undefined ? undefined : `site-${active}`} onFocus={() => setActive((old) => old ?? 0)}>
          <svg width={Math.max(wide, 120)} height={tall} role="presentation">
            {ticksOf(length_um, scale).map((um) => <g key={um}><line className={styles.tick} x1={axis - 8} x2={axis - 3} y1={yOf(um)} y2={yOf(um)} /><text className={styles.depth} x={axis - 12} y={yOf(um) + 4}>{um}</text></g>)}
            {Array.from({ length: shanks }, (_, index) => <rect key={index} className={styles.shank} x={xOf(index * shankPitch_um)} y={yOf(length_um)} width={shankWidth_um * scale} height={length_um * scale + edge / 2} />)}
            {Array.from(channel, (number, index) => (
              <rect key={number} id={`site-${index}`} data-site={index} role="option" aria-selected={excluded.has(number)} aria-label={describe(index)}
                className={`${styles.site} ${excluded.has(number) ? styles.out : used[index] ? styles.used : styles.off} ${index === active ? styles.active : ''}`}
                x={xOf(x_um[index]) - size / 2} y={yOf(z_um[index]) - size / 2} width={size} height={size} onClick={(event) => toggle(index, event.shiftKey)} />
            ))}
            {marks && Array.from(channel, (number, index) => marks.has(number) && <circle key={number} className={`${styles.mark} ${styles[markOf(index)!.class]}`} cx={xOf(x_um[index])} cy={yOf(z_um[index])} r={Math.max(2, size * 0.75)} />)}
            {size >= 6 && Array.from(channel, (number, index) => excluded.has(number) && <path key={number} className={styles.cross} d={`M${xOf(x_um[index]) - size / 2} ${yOf(z_um[index]) - size / 2}l${size} ${size}m0 ${-size}l${-size} ${size}`} />)}
          </svg>
        </div>
      </div>
      <p className="caption"><span className={styles.keyUsed} aria-hidden /> in use <span className={styles.keyOff} aria-hidden /> reference or off <span className={styles.keyOut} aria-hidden /> left out{marks && marks.size > 0 && <> <span className={styles.keyMark} data-class="dead" aria-hidden /> dead <span className={styles.keyMark} data-class="noisy" aria-hidden /> noisy <span className={styles.keyMark} data-class="outside" aria-hidden /> outside</>}; um from the lowest row</p>
    </div>
  );
}

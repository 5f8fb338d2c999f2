// Before, after and what was taken out, side by side in the same scale.

import { Button, SegmentedControl, Select } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { PreprocessPreview, PreviewStage } from '../../../../../core/service/contract/index.ts';
import { Canvas, type Surface } from '../../../../components/canvas/index.ts';
import { counted, significant } from '../../../../components/index.ts';
import { drawPanel } from './drawPanel.ts';
import { nextRange, rangeOf } from './pixels.ts';
import styles from './PreprocessStep.module.css';

export type After = 'final' | 'car' | 'filtered';

interface PanelsProps {
  readonly preview: PreprocessPreview;
  readonly isUpdating: boolean;
  readonly after: After;
  readonly onAfter: (after: After) => void;
  readonly kind: 'heat' | 'lines';
  readonly onKind: (kind: 'heat' | 'lines') => void;
  /** null: found from the picture. */
  readonly range_uV: number | null;
  readonly onRange: (range_uV: number | null) => void;
}

const afterNames: Readonly<Record<After, string>> = { final: 'After the whole chain', car: 'After CAR, gfix not yet', filtered: 'Filtered only: what gfix sees' };

export function Panels({ preview, isUpdating, after, onAfter, kind, onKind, range_uV, onRange }: PanelsProps) {
  const auto = useMemo(() => rangeOf(preview.planes[after] ?? preview.planes.raw!, preview.channels.used, preview.columns), [preview, after]);
  const range = range_uV ?? auto;
  const { figures, gfix } = preview;
  const shown: readonly { readonly stage: PreviewStage; readonly name: string; readonly figure: string }[] = [
    { stage: 'raw', name: 'Raw', figure: `noise ${significant(figures.noiseBefore_uV)} uV` },
    { stage: after, name: 'After', figure: `noise ${significant(figures.noiseAfter_uV)} uV` },
    { stage: 'difference', name: 'Difference', figure: 'what was taken out' },
  ];
  return (
    <>
      <div className={`${styles.panels} ${isUpdating ? styles.updating : ''}`} aria-busy={isUpdating}>
        {shown.map(({ stage, name, figure }, index) => preview.planes[stage] && (
          <Panel key={name} name={name} figure={figure} preview={preview} stage={stage} range={range} kind={kind} first={index === 0} marks={stage !== 'raw'}
            label={`${name}: ${figure}, ${counted(gfix.length, 'gfix span')}`} />
        ))}
      </div>
      <div className={styles.bar}>
        <span>-{range} uV</span><span className={styles.ramp} aria-hidden /><span>+{range} uV {range_uV === null ? '(auto)' : '(locked)'}</span>
        <Button.Group aria-label="Range">
          <Button variant="default" onClick={() => onRange(nextRange(range, -1))}>Narrow</Button>
          <Button variant="default" onClick={() => onRange(nextRange(range, 1))}>Widen</Button>
        </Button.Group>
        <Button variant="default" onClick={() => onRange(range_uV === null ? range : null)} aria-pressed={range_uV !== null}>{range_uV === null ? 'Lock' : 'Auto'}</Button>
        <SegmentedControl aria-label="Drawn as" data={[{ value: 'heat', label: 'Heat map' }, { value: 'lines', label: 'Lines' }]} value={kind} onChange={(to) => onKind(to as 'heat' | 'lines')} />
        <Select aria-label="Stage shown as After" data={Object.entries(afterNames).map(([value, label]) => ({ value, label }))} value={after} onChange={(to) => to && onAfter(to as After)} allowDeselect={false} w={216} />
        {isUpdating && <span role="status">updating</span>}
      </div>
    </>
  );
}

interface PanelProps {
  readonly name: string;
  readonly figure: string;
  readonly label: string;
  readonly preview: PreprocessPreview;
  readonly stage: PreviewStage;
  readonly range: number;
  readonly kind: 'heat' | 'lines';
  readonly first: boolean;
  readonly marks: boolean;
}

function Panel({ name, figure, label, preview, stage, range, kind, first, marks }: PanelProps) {
  const draw = useCallback((surface: Surface) => drawPanel(surface, { preview, plane: preview.planes[stage]!, range_uV: range, kind, hasDepth: first, marks }), [preview, stage, range, kind, first, marks]);
  return (
    <figure className={styles.panel}>
      <figcaption><span><span className={styles.panelName}>{name}</span>{first && <span className="hint"> depth (um)</span>}</span><span className="muted">{figure}</span></figcaption>
      <Canvas className={styles.canvas} label={label} draw={draw} />
    </figure>
  );
}

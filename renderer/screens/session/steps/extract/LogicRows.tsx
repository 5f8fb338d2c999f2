// The bits of a digital word as logic-analyser rows, with what is regular about the visible stretch.

import { useCallback } from 'react';
import type { BitSurvey, LineSpan, LineWindow, PulseList, PulseTrain } from '../../../../../core/service/contract/index.ts';
import { counted, significant } from '../../../../components/index.ts';
import { Canvas, type Surface } from '../../../../components/canvas/index.ts';
import { drawBit, drawPulseRow, drawValues, type ValueFormat } from './drawLogic.ts';
import { drawAxes, drawGaps } from './drawTrace.ts';
import styles from './extract.module.css';
import { scaleOf } from './layout.ts';
import type { Window } from './model.ts';
import { trainBetween } from './pulses.ts';

interface RowProps {
  readonly window: Window;
  readonly gaps: LineSpan['gaps'];
}

/** As many as an answer tells. */
const MOST_EDGES = 4000;

export function BitRow({ window: view, gaps, data, word, name, bit, survey, selected, onSelect }: RowProps & { readonly data: LineWindow | undefined; readonly word: number; readonly name: string; readonly bit: number; readonly survey: BitSurvey | undefined; readonly selected: boolean; readonly onSelect: (extend: boolean) => void }) {
  const draw = useCallback((surface: Surface) => {
    const time = scaleOf(view, surface.width);
    drawAxes(surface, time, null, false);
    if (data) drawBit(surface, time, data, word, bit);
    drawGaps(surface, time, gaps, false);
  }, [view, gaps, data, word, bit]);
  const facts = data?.words.find((each) => each.word === word)?.bits?.find((each) => each.bit === bit);
  // Many edges are not told one by one: then the figures are those of the piece that was read.
  const figures = trainText(facts && facts.edges_s.length < MOST_EDGES ? trainBetween(facts.edges_s, facts.startsHigh, view.from_s, view.to_s) : (facts ?? survey));
  return (
    <div className={styles.bitRow} data-selected={selected || undefined}>
      <Canvas label={`${name} bit ${bit}: ${figures}`} draw={draw} />
      <button type="button" className={styles.rowName} aria-pressed={selected} onClick={(event) => onSelect(event.shiftKey)}>{name}.{bit}</button>
      <span className={styles.rowFigures}>{figures}</span>
    </div>
  );
}

/** "1.00 Hz  500 ms  50 %". */
export function trainText(train: PulseTrain | undefined): string {
  if (!train) return '';
  if (train.edges === 0) return 'no pulse';
  const parts = [
    train.rate_Hz === null ? counted(train.edges, 'pulse') : `${significant(train.rate_Hz)} Hz`,
    ...(train.width_ms === null ? [] : [`${significant(train.width_ms)} ms`]),
    ...(train.duty_pct === null ? [] : [`${significant(train.duty_pct)} %`]),
  ];
  return parts.join('  ');
}

export function ValueRow({ window: view, gaps, pulses, bits, format, name, onFormat }: RowProps & { readonly pulses: PulseList | undefined; readonly bits: number; readonly format: ValueFormat; readonly name: string; readonly onFormat: () => void }) {
  const draw = useCallback((surface: Surface) => {
    const time = scaleOf(view, surface.width);
    if (pulses) drawValues(surface, time, pulses, bits, format);
    drawGaps(surface, time, gaps, false);
  }, [view, gaps, pulses, bits, format]);
  return (
    <div className={styles.valueRow}>
      <Canvas label={`Values of ${name}`} draw={draw} />
      <span className={styles.rowName}>{name}</span>
      <button type="button" className={styles.rowFigures} onClick={onFormat}>value {format} ⇄</button>
    </div>
  );
}

export function PulseRow({ window: view, gaps, pulses, letter, focused, text }: RowProps & { readonly pulses: PulseList | undefined; readonly letter: string; readonly focused: number; readonly text: string }) {
  const draw = useCallback((surface: Surface) => {
    const time = scaleOf(view, surface.width);
    if (pulses) drawPulseRow(surface, time, pulses, letter, focused);
    drawGaps(surface, time, gaps, false);
  }, [view, gaps, pulses, letter, focused]);
  return (
    <div className={styles.pulseRow}>
      <Canvas label={`Pulses: ${text}`} draw={draw} />
      <span className={styles.rowName}>pulses</span>
      <span className={styles.rowFigures} aria-live="polite">{text}</span>
    </div>
  );
}

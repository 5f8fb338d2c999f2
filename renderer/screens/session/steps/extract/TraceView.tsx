// The trace of an analog word with its thresholds, which are dragged on it.

import { useCallback, useMemo, useState } from 'react';
import { type AnalogFields, type ExtractorFields, type LineSpan, type LineWindow, type PulseList, type WordSurvey, usesSecondThreshold, unusedSecondThreshold } from '../../../../../core/service/contract/index.ts';
import type { LineWord } from '../../../../../core/service/contract/index.ts';
import { Canvas, type Surface } from '../../../../components/canvas/index.ts';
import { AXIS, drawAxes, drawGaps, drawPulses, drawThresholds, drawWord, voltsAt, type VoltScale, voltScale, yOf } from './drawTrace.ts';
import styles from './extract.module.css';
import { Handle } from './Handle.tsx';
import { scaleOf } from './layout.ts';
import type { Window } from './model.ts';

interface TraceViewProps {
  readonly window: Window;
  readonly span: LineSpan;
  readonly word: LineWord;
  /** Lowest and highest of the gate, once surveyed. */
  readonly survey: WordSurvey | undefined;
  readonly data: LineWindow | undefined;
  readonly fields: ExtractorFields | null;
  readonly pulses: PulseList | undefined;
  readonly onFields: (fields: ExtractorFields, done: boolean) => void;
}

export function TraceView({ window: view, span, word, survey, data, fields, pulses, onFields }: TraceViewProps) {
  const [height, setHeight] = useState(0);
  const analog = fields && 'threshold1_V' in fields ? fields : null;
  const [low, high] = useMemo(() => rangeOf(word, survey, data), [word, survey, data]);
  // Handles stay on the picture wherever the thresholds are.
  const volts = useMemo(() => (analog ? [analog.threshold1_V, ...(usesSecondThreshold(analog) ? [analog.threshold2_V] : [])] : []).reduce((scale, level) => ({ ...scale, ...(level < scale.low_V || level > scale.high_V ? voltScale(Math.min(low, level), Math.max(high, level), height) : {}) }), voltScale(low, high, height)), [analog, low, high, height]);
  const draw = useCallback((surface: Surface) => {
    if (surface.height !== height) setHeight(surface.height);
    const time = scaleOf(view, surface.width);
    const bottom = surface.height - AXIS;
    if (pulses) drawPulses(surface, time, pulses, bottom);
    drawAxes(surface, time, volts);
    if (analog) drawThresholds(surface, time, volts, analog);
    if (data) drawWord(surface, time, volts, data, word);
    drawGaps(surface, time, span.gaps);
  }, [view, volts, analog, data, word, span.gaps, pulses, height]);

  const accepted = pulses ? pulses.verdicts.reduce((sum, verdict) => sum + (verdict === 0 ? 1 : 0), 0) : undefined;
  return (
    <div className={styles.trace} data-testid="trace">
      <Canvas label={`${word.name}, ${low.toFixed(2)} to ${high.toFixed(2)} V${accepted === undefined ? '' : `: ${accepted} pulses accepted`}`} draw={draw} />
      <span className={styles.rowName}>{word.name}</span>
      {analog && height > 0 && <Thresholds fields={analog} volts={volts} word={word} onFields={onFields} />}
    </div>
  );
}

function Thresholds({ fields, volts, word, onFields }: { readonly fields: AnalogFields; readonly volts: VoltScale; readonly word: LineWord; readonly onFields: TraceViewProps['onFields'] }) {
  const isUsed = usesSecondThreshold(fields);
  const step = (value: number, direction: number, { shift, alt }: { readonly shift: boolean; readonly alt: boolean }) => value + direction * (alt ? word.volts_per_count : shift ? 0.1 : 0.01);
  const round = (value: number, alt = false) => Number(value.toFixed(alt ? 6 : volts.high_V - volts.low_V > 1 ? 2 : 3));
  const exact = (value: number) => Number(value.toPrecision(6));
  const common = { axis: 'y' as const, min: -word.range_V, max: word.range_V, valueAt: (place: number) => round(voltsAt(volts, place)) };
  const first = (value: number): AnalogFields => {
    const moved = { ...fields, threshold1_V: exact(value) };
    return isUsed ? moved : { ...moved, threshold2_V: unusedSecondThreshold(moved) };
  };
  return (
    <>
      <Handle {...common} label="Threshold 1" tone="warn" value={fields.threshold1_V} text={`${fields.threshold1_V.toFixed(3)} V`} place={yOf(volts, fields.threshold1_V)} stepped={step} onChange={(value, done) => onFields(first(value), done)}>
        <span>T1 {fields.threshold1_V.toFixed(2)} V</span>
      </Handle>
      {isUsed && (
        <Handle {...common} label="Threshold 2" tone="second" value={fields.threshold2_V} text={`${fields.threshold2_V.toFixed(3)} V`} place={yOf(volts, fields.threshold2_V)} stepped={step} onChange={(value, done) => onFields({ ...fields, threshold2_V: exact(value) }, done)}>
          <span>T2 {fields.threshold2_V.toFixed(2)} V</span>
        </Handle>
      )}
    </>
  );
}

function rangeOf(word: LineWord, survey: WordSurvey | undefined, data: LineWindow | undefined): readonly [number, number] {
  if (survey?.min_V !== null && survey?.min_V !== undefined && survey.max_V !== null) return [survey.min_V, survey.max_V];
  const columns = data?.words.find((each) => each.word === word.word);
  if (!columns) return [-word.range_V, word.range_V];
  let [low, high] = [32767, -32768];
  columns.lo.forEach((value, index) => {
    if (value > columns.hi[index]) return;
    low = Math.min(low, value);
    high = Math.max(high, columns.hi[index]);
  });
  return low > high ? [-word.range_V, word.range_V] : [low * word.volts_per_count, high * word.volts_per_count];
}

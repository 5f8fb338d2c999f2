// One stream of a gate at work: its lines, the trace and logic rows with the pulses of the chosen extractor, its fields.

import { Button, SegmentedControl } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { ExtractorFields, LineList as Lines } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { duration, Problem, significant, Waiting } from '../../../../components/index.ts';
import { within } from '../../../../components/canvas/index.ts';
import type { ValueFormat } from './drawLogic.ts';
import styles from './extract.module.css';
import { Cursor } from './Cursor.tsx';
import { ExtractorForm } from './ExtractorForm.tsx';
import { ExtractorList } from './ExtractorList.tsx';
import { extended, LineList } from './LineList.tsx';
import { BitRow, PulseRow, ValueRow } from './LogicRows.tsx';
import { useSettled } from '../../useSettled.ts';
import { inverted, isOn, letterOf, type Line, lineOf, lineText, newExtractor, readWindow, startLine, type Window } from './model.ts';
import { Overview } from './Overview.tsx';
import { neighbour } from './pulses.ts';
import { bitsToShow, countsText, foundInSamples, pulseText, rulerText } from './readout.ts';
import { EdgeTable, PulseTable, ValueTable } from './Tables.tsx';
import { TimeArea } from './TimeArea.tsx';
import { TraceView } from './TraceView.tsx';
import { useColumns } from './useColumns.ts';
import type { Extractors } from './useExtractors.ts';
import { type SourceInput, usePreview, useSurvey, useWindowData } from './useLineData.ts';
import { fieldsOf, useCounts, useShownProposals } from './useShownProposals.ts';
import { WidthHistogram } from './WidthHistogram.tsx';

export interface WorkbenchProps {
  readonly source: SourceInput;
  readonly extractors: Extractors;
  readonly runIds: readonly string[];
  readonly pickers: ReactNode;
  /** Line and window as the address has them, and told back once they rest. */
  readonly place: { readonly line: string; readonly at: string };
  readonly onPlace: (place: { readonly line: string; readonly at: string }) => void;
  readonly onWhole: () => void;
  readonly onPatch: (session: Readonly<Record<string, unknown>>) => void;
  readonly onText: () => void;
  readonly onCheckRuns: () => void;
}

export function Workbench(props: WorkbenchProps) {
  const { data: lines, error } = useAsk('lines.list', props.source);
  if (error) return <>{props.pickers}<Problem error={error} /></>;
  if (!lines) return <>{props.pickers}<Waiting what="the lines" /></>;
  if (lines.words.length === 0) return <>{props.pickers}<Problem error={{ text: `${props.source.stream} has no analog or digital words.`, next: 'Its SY word was not saved. Choose another stream.' }} /></>;
  return <Bench {...props} lines={lines} />;
}

function Bench({ source, extractors, runIds, pickers, place, onPlace, onWhole, onPatch, onText, onCheckRuns, lines }: WorkbenchProps & { readonly lines: Lines }) {
  const { words } = lines;
  const last = words[words.length - 1].word;
  const { survey, error: surveyError, progress } = useSurvey(source);
  const [line, setLine] = useState<Line>(() => startLine(place.line, source.stream, words, extractors.fields));
  const [selected, setSelected] = useState(() => extractors.fields.findIndex((each) => each && isOn(each, source.stream, line, last)));
  const [view, setView] = useState<Window>(() => within(readWindow(place.at) ?? { from_s: 0, to_s: 10 }, lines.length_s));
  const [focused, setFocused] = useState(-1);
  const [pointer, setPointer] = useState<number | null>(null);
  const [ruler, setRuler] = useState<number | null>(null);
  const [shape, setShape] = useState<'picture' | 'table'>('picture');
  const [format, setFormat] = useState<ValueFormat>('decimal');
  const [columns, measure] = useColumns();

  const rested = useSettled(`${lineText(line)} ${view.from_s.toFixed(6)},${view.to_s.toFixed(6)}`, 500);
  const tell = useRef(onPlace);
  useEffect(() => {
    tell.current = onPlace;
  });
  useEffect(() => {
    const [text, at] = rested.split(' ');
    tell.current({ line: text, at });
  }, [rested]);

  const own = extractors.fields[selected] ?? null;
  const fields = own && isOn(own, source.stream, line, last) ? own : null;
  const analogWord = words.find((word) => word.word === line.word && word.kind === 'analog') ?? words.find((word) => word.kind === 'analog');
  const digitalWords = words.filter((word) => word.kind === 'digital');
  const lineWord = words.find((word) => word.word === line.word)!;
  const asked = [...(analogWord ? [analogWord.word] : []), ...digitalWords.map((word) => word.word)];
  const { data, error: windowError } = useWindowData(source, asked, view, columns);
  const { data: whole } = useAsk('lines.window', { ...source, words: [line.word], from_s: 0, to_s: lines.length_s, columns: Math.max(1, columns) }, { enabled: columns > 0, forget: true, keep: true });
  const { preview, isCounting, error: previewError } = usePreview(source, fields, extractors.inARow, view);
  const { data: check } = useAsk('extract.check', { text: extractors.text, runIds: [...runIds] }, { keep: true });
  const proposals = useShownProposals(extractors, survey, source);
  const counts = useCounts(extractors, source, survey !== undefined);

  const select = (index: number) => {
    setSelected(index);
    setFocused(-1);
    const next = extractors.fields[index];
    if (next && isOn(next, source.stream, { word: lineOf(next, last).word, bits: null }, last)) setLine(lineOf(next, last));
  };
  const choose = (next: Line) => {
    setLine(next);
    setFocused(-1);
    setSelected(extractors.fields.findIndex((each) => each && isOn(each, source.stream, next, last) && (next.bits === null || next.bits[1] === next.bits[0] || each.kind === 'bf')));
  };
  const change = (next: ExtractorFields, done: boolean) => {
    const place = extractors.set(selected, next, done);
    if (done) {
      setSelected(place);
      setLine(lineOf(next, last));
    }
  };
  const addAll = (more: readonly ExtractorFields[]) => {
    if (more.length === 0) return;
    setSelected(extractors.add(more));
    setLine(lineOf(more[more.length - 1], last));
  };
  const focus = useCallback((index: number) => {
    setFocused(index);
    if (!preview || index < 0) return;
    const at = preview.pulses.on_s[index];
    setView((now) => (at >= now.from_s && at <= now.to_s ? now : within({ from_s: at - 0.3 * (now.to_s - now.from_s), to_s: at + 0.7 * (now.to_s - now.from_s) }, lines.length_s)));
  }, [preview, lines.length_s]);
  const step = (forward: boolean, onlyRejected: boolean) => {
    if (!preview) return;
    const at = focused >= 0 && focused < preview.pulses.on_s.length ? preview.pulses.on_s[focused] : forward ? view.from_s - 1e-6 : view.to_s;
    const next = neighbour(preview.pulses, at, forward, onlyRejected);
    if (next >= 0) focus(next);
  };
  const invert = () => {
    if (fields && fields.kind !== 'bf') change(inverted(fields), true);
  };

  const shownBits = digitalWords.flatMap((word) => bitsToShow(word.word, survey, data, line).map((bit) => ({ word, bit })));
  const letter = letterOf(Math.max(0, selected));
  const pulses = preview?.pulses;
  const figures = preview ? countsText(preview, isCounting) : fields ? 'counting' : '';
  const isBits = line.bits !== null;

  return (
    <>
      <div className={styles.top}>
        {pickers}
        <p className="caption">{significant(lines.rate_Hz / 1000, 6)} kHz, {duration(lines.length_s)}{lines.gaps.length > 0 ? `, ${lines.gaps.length === 1 ? '1 gap' : `${lines.gaps.length} gaps`}` : ''}{lines.covered_s < lines.length_s ? `; the first ${duration(lines.covered_s)} are looked at` : ''}</p>
        {lines.covered_s < lines.length_s && <Button variant="default" onClick={onWhole}>Read the whole gate</Button>}
        <SegmentedControl aria-label="Show as" value={shape} onChange={(value) => setShape(value as typeof shape)} data={[{ value: 'picture', label: 'Picture' }, { value: 'table', label: 'Table' }]} />
      </div>
      <div className={styles.bench}>
        <LineList stream={source.stream} words={words} survey={survey} progress={surveyError ? surveyError.message : progress} extractors={extractors.fields} line={line} proposals={proposals} onLine={choose}
          onAccept={(proposal) => addAll(fieldsOf([proposal.extractor]))} onDismiss={extractors.dismiss} />
        <div className={styles.right}>
          <div className={styles.toolbar}>
            <b>{lineWord.name}{line.bits ? ` bit${line.bits[0] === line.bits[1] ? ` ${line.bits[0]}` : `s ${line.bits[0]}-${line.bits[1]}`}` : ''}</b>
            <Button variant="subtle" onClick={() => setView({ from_s: 0, to_s: lines.length_s })}>Fit</Button>
            <Button variant="subtle" disabled={!pulses?.on_s.length} onClick={() => step(false, false)}>Previous</Button>
            <Button variant="subtle" disabled={!pulses?.on_s.length} onClick={() => step(true, false)}>Next</Button>
            <Button variant="subtle" disabled={!pulses?.on_s.length} onClick={() => step(true, true)}>Next rejected</Button>
            <Button variant="subtle" aria-pressed={ruler !== null} onClick={() => setRuler(ruler === null ? (view.from_s + view.to_s) / 2 : null)}>Ruler</Button>
            <span className={styles.rest} />
            <Button variant="subtle" onClick={onText}>Edit as text</Button>
            {extractors.string.extractors.length > 0 && <Button variant="subtle" onClick={onCheckRuns}>Check other runs</Button>}
          </div>
          {shape === 'table' ? (
            <div className={styles.tables}>
              {preview ? <PulseTable preview={preview} rate_Hz={lines.rate_Hz} focused={focused} onFocus={focus} /> : isBits && data ? <EdgeTable data={data} word={line.word} bit={line.bits![0]} /> : <p className="muted">Add an extractor to list its pulses.</p>}
            </div>
          ) : (
            <TimeArea window={view} length_s={lines.length_s} rate_Hz={lines.rate_Hz} onWindow={setView} onPulse={step} onInvert={invert} onRuler={() => setRuler(ruler === null ? (pointer ?? (view.from_s + view.to_s) / 2) : null)} onPointer={setPointer}>
              <div ref={measure} className={styles.rows} data-bits={isBits || undefined}>
                <Overview window={view} span={lines} data={whole} word={lineWord} bit={line.bits ? line.bits[0] : null} pulses={pulses} onWindow={setView} />
                {windowError && <Problem error={windowError} />}
                {analogWord && <TraceView window={view} span={lines} word={analogWord} survey={survey?.words.find((word) => word.word === analogWord.word)} data={data} fields={isBits ? null : fields} pulses={isBits ? undefined : pulses} onFields={change} />}
                {fields && fields.kind !== 'bf' && <PulseRow window={view} gaps={lines.gaps} pulses={pulses} letter={letter} focused={focused} text={figures.split(' · ')[0]} />}
                <div className={styles.logic} data-scrolls>
                  {fields?.kind === 'bf' && <ValueRow window={view} gaps={lines.gaps} pulses={pulses} bits={fields.bits} format={format} name={`${lineWord.name}.${fields.startBit}-${fields.startBit + fields.bits - 1}`} onFormat={() => setFormat(format === 'decimal' ? 'hex' : format === 'hex' ? 'binary' : 'decimal')} />}
                  {shownBits.map(({ word, bit }) => {
                    const isIn = line.word === word.word && line.bits !== null && bit >= line.bits[0] && bit <= line.bits[1];
                    return <BitRow key={`${word.word}.${bit}`} window={view} gaps={lines.gaps} data={data} word={word.word} name={word.name} bit={bit} survey={survey?.words.find((each) => each.word === word.word)?.bits[bit]} selected={isIn} onSelect={(extend) => choose(extend ? extended(line, word.word, bit) : { word: word.word, bits: [bit, bit] })} />;
                  })}
                </div>
                <Cursor at={ruler} view={view} pinned />
                <Cursor at={pointer} view={view} />
              </div>
              {fields && fields.kind !== 'bf' && <WidthHistogram fields={fields} widths={preview?.widths ?? null} rate_Hz={lines.rate_Hz} onFields={change} onSecond={(width_ms) => addAll([{ ...fields, width_ms, tolerance_ms: null }])} />}
              {fields?.kind === 'bf' && preview?.values && <ValueTable values={preview.values} bits={fields.bits} format={format} />}
            </TimeArea>
          )}
          <div className={styles.foot}>
            <p data-testid="counts" role="status">{figures}{previewError ? ` ${previewError.message}` : ''}{!fields && <span className="muted">No extractor on this line. Add makes one at the levels seen.</span>}</p>
            <span className={styles.readout} aria-live="polite">{focused >= 0 && preview ? pulseText(preview, focused, lines.rate_Hz) : rulerText(ruler, pointer, data, words, analogWord)}</span>
          </div>
        </div>
      </div>
      <ExtractorList extractors={extractors} stream={source.stream} counts={counts} selected={selected} onSelect={select} addWhat={`${lineWord.name}${line.bits ? ` bit ${line.bits.join('-')}` : ''}`} onAdd={() => addAll([newExtractor(source.stream, line, survey)])} addWaits={survey || surveyError ? undefined : progress}
        files={check?.extractors[selected]?.files ?? []} proposals={proposals.length} onAcceptAll={() => addAll(fieldsOf(proposals.map(({ extractor }) => extractor)))} />
      {own && (
        <ExtractorForm letter={letter} name={extractors.labelOf(selected)} fields={own} inARow={extractors.inARow} range_V={lineWord.range_V} findings={[...(check?.extractors[selected]?.findings ?? []), ...foundInSamples(preview, fields, lineWord.name, source, survey)]}
          onName={(name) => extractors.rename(selected, name)} onFields={(next) => change(next, true)} onInARow={extractors.setInARow} onPatch={onPatch} />
      )}
    </>
  );
}

// Units of one result: decide by numbers first, then by looking. Table with a filter, a histogram and a scatter of any two
// metrics, and the focused unit's waveform on the probe.

import { Button, Menu, MultiSelect, Popover, SegmentedControl } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { probeTitle, type UnitTable } from '../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../api/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { isTyping } from '../../app/shortcuts.ts';
import { copyText, counted, Page, Problem, useViewState, Waiting } from '../../components/index.ts';
import { joined } from './bounds.ts';
import { FilterField } from './FilterField.tsx';
import { MetricPlots } from './MetricPlots.tsx';
import { ReviewTabs } from './ReviewTabs.tsx';
import { Thresholds } from './Thresholds.tsx';
import { UnitGrid } from './UnitGrid.tsx';
import { UnitPanel } from './UnitPanel.tsx';
import { firstColumns, labelOf, readSorts, shownRows, sortText, titleOf, tsv } from './unitRows.ts';
import styles from './units.module.css';

const initialView = { f: '', sort: 'id', unit: '', abc: '', panel: '', x: 'firing_rate', y: 'snr' };
const labelWords = [['good', 'Good'], ['mua', 'MUA'], ['noise', 'Noise'], ['', 'Unsorted']] as const;
const labelKeys: Readonly<Record<string, string>> = { KeyG: 'good', KeyM: 'mua', KeyN: 'noise', KeyU: '' };

export default function UnitsScreen({ params }: ScreenProps) {
  const resultId = params.resultId ?? '';
  const { data: result } = useAsk('results.get', { resultId });
  const { data: table, error, refetch } = useAsk('results.units', { resultId }, { keep: true });
  const title = result ? `${result.run}${result.probe === null ? '' : ` ${probeTitle(result.probe)}`}` : 'Units';
  if (error) return <Page title={title}><Problem error={error} onRetry={() => void refetch()} /></Page>;
  if (!table) return <Page title={title}><Waiting what="units" /></Page>;
  return <Units resultId={resultId} title={title} table={table} />;
}

function Units({ resultId, title, table }: { readonly resultId: string; readonly title: string; readonly table: UnitTable }) {
  const [, go] = useLocation();
  const [view, setView] = useViewState(initialView);
  const [chosen, setChosen] = useKept<readonly string[]>('units.columns', firstColumns);
  const filterField = useRef<HTMLInputElement>(null);
  const setLabels = useCommand('labels.set');
  const sorts = useMemo(() => readSorts(view.sort), [view.sort]);
  const filter = useDeferredValue(view.f);
  const { rows, problem, undefinedRows } = useMemo(() => shownRows(table, filter, sorts), [table, filter, sorts]);
  const columns = table.columns.filter(({ key }) => chosen.includes(key));
  const lettered = useMemo(() => view.abc.split(',').map((id) => table.ids.indexOf(Number(id))).filter((each, index) => view.abc !== '' && each >= 0 && index < 6), [view.abc, table]);
  const row = rows.find((each) => String(table.ids[each]) === view.unit) ?? rows[0];
  const label = (text: string, which: readonly number[]) => setLabels.mutate({ resultId, units: which.map((each) => table.ids[each]), label: text });
  useLabelKeys(row === undefined ? undefined : (text) => label(text, [row]), () => filterField.current?.focus());
  const summary = Object.entries(Object.groupBy(Array.from(table.ids.keys()), (each) => labelOf(table, each).text || 'unsorted')).map(([text, which]) => `${which?.length} ${text}`).join(', ');
  const next = row === undefined ? undefined : rows[rows.indexOf(row) + 1];

  return (
    <Page
      title={title}
      crumbs={[{ label: 'Review', route: '/review' }]}
      fill
      notation={<code title={view.f}>{view.f === '' ? 'no filter' : view.f}</code>}
      secondary={row !== undefined && <>
        <Menu position="top-end">
          <Menu.Target><Button variant="default">Label {rows.length} shown</Button></Menu.Target>
          <Menu.Dropdown>{labelWords.map(([text, word]) => <Menu.Item key={word} onClick={() => label(text, rows)}>{word}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
        <Button variant="default" onClick={() => go(`/review/${resultId}/traces?unit=${(lettered.length > 0 ? lettered : [row]).map((each) => table.ids[each]).join('-')}`)}>Show {lettered.length > 1 ? counted(lettered.length, 'unit') : `unit ${table.ids[lettered[0] ?? row]}`} in traces</Button>
      </>}
      primary={next === undefined ? undefined : { label: `Next: unit ${table.ids[next]}`, onPress: () => setView({ unit: String(table.ids[next]) }) }}
    >
      <ReviewTabs resultId={resultId} page="units" />
      <div className={styles.bar}>
        <FilterField table={table} value={view.f} problem={problem} field={filterField} onChange={(f) => setView({ f })} />
        <span className="caption" role="status">{counted(table.ids.length, 'unit')}, {rows.length} shown{undefinedRows > 0 ? `, ${undefinedRows} left out because a value is not defined` : ''}: {summary}</span>
        <Button variant="default" title="The shown units and columns, for a spreadsheet" onClick={() => copyText(tsv(table, columns, rows))}>Copy TSV</Button>
        <Popover width={420} position="bottom-end" trapFocus>
          <Popover.Target><Button variant="default">Columns ▾</Button></Popover.Target>
          <Popover.Dropdown>
            <MultiSelect label="Columns" searchable hidePickedOptions data={table.columns.map((column) => ({ value: column.key, label: titleOf(column) }))} value={[...chosen]} onChange={setChosen} comboboxProps={{ withinPortal: false }} />
          </Popover.Dropdown>
        </Popover>
      </div>
      {setLabels.error && <Problem error={setLabels.error} />}
      <div className={styles.panels}>
        <UnitGrid table={table} columns={columns} rows={rows} sort={sorts} onSort={(next, extend) => setView({ sort: sortText(sorts, next, extend) })} chosen={lettered} onChosen={(which) => setView({ abc: which.map((each) => table.ids[each]).join(',') })} active={row} onActive={(each) => setView({ unit: String(table.ids[each]) })} />
        <div className={styles.middle}>
          <SegmentedControl aria-label="Panel" value={view.panel || 'plots'} onChange={(panel) => setView({ panel: panel === 'plots' ? '' : panel })} data={[{ value: 'plots', label: 'Plots' }, { value: 'thresholds', label: 'Thresholds' }]} />
          {view.panel === 'thresholds' ? <Thresholds table={table} rows={rows} filter={view.f} onFilter={(f) => setView({ f })} />
          : <MetricPlots table={table} rows={rows} active={row} chosen={lettered} caption={title} x={view.x} y={view.y} onAxes={setView} onPick={(each) => setView({ unit: String(table.ids[each]) })} onRange={(condition) => setView({ f: joined(view.f, condition) })} />}
        </div>
        {row === undefined ? <p className="hint">No unit passes the filter.</p> : <UnitPanel resultId={resultId} table={table} row={row} onLabel={(text) => label(text, [row])} savedAt={setLabels.data?.savedAt} />}
      </div>
    </Page>
  );
}

/** phy's keys: Alt+G, M, N, U label the unit; / goes to the filter. */
function useLabelKeys(label: ((text: string) => void) | undefined, toFilter: () => void): void {
  const latest = useRef({ label, toFilter });
  useEffect(() => {
    latest.current = { label, toFilter };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { code, key, altKey, ctrlKey, metaKey } = event;
      if (altKey && !ctrlKey && !metaKey && Object.hasOwn(labelKeys, code)) {
        event.preventDefault();
        latest.current.label?.(labelKeys[code]);
      } else if (key === '/' && !isTyping(event.target)) {
        event.preventDefault();
        latest.current.toFilter();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

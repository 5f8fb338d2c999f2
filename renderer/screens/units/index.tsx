// Units of one result: decide by numbers first, then by looking. Table with a filter, a histogram and a scatter of any two
// metrics, and the focused unit's waveform on the probe.

import { Button, MultiSelect, Popover, TextInput } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { probeTitle, type UnitTable } from '../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../api/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { isTyping } from '../../app/shortcuts.ts';
import { counted, Page, Problem, useViewState, Waiting } from '../../components/index.ts';
import { MetricPlots } from './MetricPlots.tsx';
import { ReviewTabs } from './ReviewTabs.tsx';
import { UnitGrid } from './UnitGrid.tsx';
import { UnitPanel } from './UnitPanel.tsx';
import { firstColumns, labelOf, shownRows, titleOf } from './unitRows.ts';
import styles from './units.module.css';

const initialView = { f: '', sort: 'id', unit: '', x: 'firing_rate', y: 'snr' };
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
  const sort = { key: view.sort.replace(/^-/, ''), descending: view.sort.startsWith('-') };
  const filter = useDeferredValue(view.f);
  const { rows, problem, undefinedRows } = useMemo(() => shownRows(table, filter, { key: view.sort.replace(/^-/, ''), descending: view.sort.startsWith('-') }), [table, filter, view.sort]);
  const columns = table.columns.filter(({ key }) => chosen.includes(key));
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
      secondary={row !== undefined && <Button variant="default" onClick={() => go(`/review/${resultId}/traces?unit=${table.ids[row]}`)}>Show unit {table.ids[row]} in traces</Button>}
      primary={next === undefined ? undefined : { label: `Next: unit ${table.ids[next]}`, onPress: () => setView({ unit: String(table.ids[next]) }) }}
    >
      <ReviewTabs resultId={resultId} page="units" />
      <div className={styles.bar}>
        <TextInput ref={filterField} className={styles.filter} aria-label="Filter" placeholder="filter, such as  snr > 3 && isi_viol < 0.1 && label != 'noise'" value={view.f} error={problem} onChange={(event) => setView({ f: event.currentTarget.value })} />
        <span className="caption" role="status">{counted(table.ids.length, 'unit')}, {rows.length} shown{undefinedRows > 0 ? `, ${undefinedRows} left out because a value is not defined` : ''}: {summary}</span>
        <Popover width={420} position="bottom-end" trapFocus>
          <Popover.Target><Button variant="default">Columns</Button></Popover.Target>
          <Popover.Dropdown>
            <MultiSelect label="Columns" searchable hidePickedOptions data={table.columns.map((column) => ({ value: column.key, label: titleOf(column) }))} value={[...chosen]} onChange={setChosen} comboboxProps={{ withinPortal: false }} />
          </Popover.Dropdown>
        </Popover>
      </div>
      {setLabels.error && <Problem error={setLabels.error} />}
      <div className={styles.panels}>
        <UnitGrid table={table} columns={columns} rows={rows} sort={sort} onSort={({ key, descending }) => setView({ sort: `${descending ? '-' : ''}${key}` })} active={row} onActive={(each) => setView({ unit: String(table.ids[each]) })} />
        <MetricPlots table={table} rows={rows} active={row} x={view.x} y={view.y} onAxes={setView} onPick={(each) => setView({ unit: String(table.ids[each]) })} onRange={(condition) => setView({ f: view.f.trim() === '' ? condition : `${view.f} && ${condition}` })} />
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

// What is drawn over the traces, each with its switch and its count in view; and adding a pane.

import { Button, Checkbox, Menu, MultiSelect, Popover, Radio, Select, Stack } from '@mantine/core';
import type { TraceMarks, TraceSourceInfo, TraceSources, TraceSpans, TraceTargetId } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { counted, grouped, Problem } from '../../components/index.ts';
import { centreOn } from './centreOn.ts';
import { letterOf } from './draw.ts';
import { SpanChoice } from './SpanChoice.tsx';
import { stateLabel } from './streams.ts';
import { mostPanes, type View } from './view.ts';

interface OverlaysProps {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  readonly view: View;
  readonly marks: TraceMarks | undefined;
  /** In view on the panes, of all kinds. */
  readonly spans: TraceSpans | undefined;
  readonly letters: ReadonlyMap<string, number>;
  readonly onView: (change: Partial<View>) => void;
  readonly onAdd: (source: TraceSourceInfo) => void;
}

export function Overlays(props: OverlaysProps) {
  const { sources, view, marks, spans, onAdd, onView } = props;
  const events = marks?.events.reduce((sum, line) => sum + line.count, 0) ?? 0;
  const problems = view.spans.reduce((sum, kind) => sum + (spans?.counts[kind] ?? 0), 0);
  return (
    <>
      {sources.events.length > 0 && <Over label={`Events ${grouped(events)}`} name="Events drawn over the traces"><EventChoice {...props} /></Over>}
      <Over label={`Spans ${grouped(problems)}`} name="Spans drawn over the traces"><SpanChoice view={view} spans={spans} onView={onView} /></Over>
      {sources.sorters.length > 0 && <Over label={`Units ${marks?.spikes ? grouped(marks.spikes.count) : 'off'}`} name="Spikes drawn over the traces"><UnitChoice {...props} /></Over>}
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" disabled={view.panes.length >= mostPanes} title={view.panes.length >= mostPanes ? '8 panes is the limit: close one.' : 'Add a pane (v)'}>+ Pane</Button></Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
          {sources.sources.map((source) => <Menu.Item key={source.key} disabled={view.panes.includes(source.key)} onClick={() => onAdd(source)}>{source.stream} {stateLabel(source)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {view.panes.length >= mostPanes && <span className="caption">8 panes is the limit: close one.</span>}
    </>
  );
}

function Over({ label, name, children }: { readonly label: string; readonly name: string; readonly children: React.ReactNode }) {
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target><Button variant="default">{label} ▾</Button></Popover.Target>
      <Popover.Dropdown aria-label={name} p="sm"><Stack gap={8}>{children}</Stack></Popover.Dropdown>
    </Popover>
  );
}

function EventChoice({ sources, view, marks, letters, onView }: OverlaysProps) {
  const count = (key: string) => marks?.events.find((line) => line.key === key)?.count ?? 0;
  return (
    <>
      {sources.events.map(({ key, label, isSync }) => (
        <Checkbox key={key} checked={view.lines.includes(key)} onChange={(event) => onView({ lines: event.currentTarget.checked ? [...view.lines, key] : view.lines.filter((each) => each !== key) })}
          label={<span><b>{letterOf(letters.get(key) ?? 0)}</b> {label}{isSync ? ', sync' : ''} <span className="caption">{view.lines.includes(key) ? `${grouped(count(key))} in view` : ''}</span></span>} />
      ))}
    </>
  );
}

function UnitChoice({ target, sources, view, marks, onView }: OverlaysProps) {
  const { data, error } = useAsk('trace.units', { target, sorter: view.sorter }, { enabled: view.sorter !== '' });
  const isOn = view.sorter !== '';
  const which = !isOn ? 'off' : view.units === 'all' ? 'all' : 'some';
  const first = view.sorter || (sources.sorters.find(({ stream }) => view.panes.some((pane) => pane.startsWith(`${stream}|`))) ?? sources.sorters[0]).path;
  const choose = (value: string) => onView(value === 'off' ? { sorter: '', units: [] } : { sorter: first, units: value === 'all' ? 'all' : view.units === 'all' ? [] : view.units });
  return (
    <>
      <Select label="Sorted folder" w={320} allowDeselect={false} data={sources.sorters.map(({ path, name, stream }) => ({ value: path, label: `${stream} ${name}` }))} value={first} onChange={(sorter) => sorter && onView({ sorter, units: isOn ? view.units : 'all' })} comboboxProps={{ withinPortal: false }} />
      <Radio.Group label="Spikes" value={which} onChange={choose}>
        <Stack gap={4} mt={4}><Radio value="off" label="none" /><Radio value="all" label="all units, grey" /><Radio value="some" label="chosen units, in colour" /></Stack>
      </Radio.Group>
      {which === 'some' && <MultiSelect label="Units (six at most)" w={320} searchable maxValues={6} comboboxProps={{ withinPortal: false }} value={(view.units as readonly number[]).map(String)} onChange={(units) => onView({ units: units.map(Number) })}
        data={(data?.units ?? []).map(({ id, spikes, label }) => ({ value: String(id), label: `${id} · ${counted(spikes, 'spike')}${label ? ` · ${label}` : ''}` }))} />}
      {which === 'some' && (view.units as readonly number[]).map((unit, index) => <Button key={unit} variant="subtle" onClick={() => void centreOn({ target, sources, view }, first, unit, view.t).then((place) => place && onView(place))}>{letterOf(index)} Centre on unit {unit}</Button>)}
      {error && <Problem error={error} />}
      {marks?.spikes && marks.spikes.count > 0 && marks.spikes.times_s.length === 0 && <span className="caption">{grouped(marks.spikes.count)} spikes in view: shorten the span to draw them.</span>}
    </>
  );
}

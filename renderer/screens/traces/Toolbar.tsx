// Where we are and how it is drawn: times on both clocks, span, gain, mode, channels, and the steps to the next mark.

import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type ReactNode, type RefObject, useState } from 'react';
import type { TraceSources, TraceTargetId } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { clock, significant } from '../../components/index.ts';
import type { TraceAction } from './keys.ts';
import styles from './Traces.module.css';
import { gains, parseTime, type View } from './view.ts';

interface ToolbarProps {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  readonly view: View;
  readonly goField: RefObject<HTMLInputElement | null>;
  readonly onView: (change: Partial<View>) => void;
  readonly onAction: (action: TraceAction) => void;
  /** Overlays and panes. */
  readonly children: ReactNode;
}

export function Toolbar({ target, sources, view, goField, onView, onAction, children }: ToolbarProps) {
  const [device, setDevice] = useState(sources.reference);
  const { data: clocks } = useAsk('trace.map', { target, t_s: Number(view.t.toFixed(4)) }, { keep: true, forget: true });
  const own = (name: string) => (name === sources.reference ? view.t : (clocks?.devices.find((each) => each.device === name)?.own_s ?? view.t));
  const go = async (text: string) => {
    const time = parseTime(text);
    if (time === null) return;
    onView({ t: device === sources.reference ? time : (await call('trace.map', { target, t_s: time, device })).t_s });
  };
  const press = (label: string, text: string, action: TraceAction, keys: string) => <Button variant="default" px={8} aria-label={label} title={`${label} (${keys})`} onClick={() => onAction(action)}>{text}</Button>;
  return (
    <div className={styles.toolbar}>
      <div className={styles.group}>
        {press('Back a page', '◀◀', { do: 'pan', pages: -1 }, 'Shift+Alt+Left')}
        {press('Back', '◀', { do: 'pan', pages: -0.2 }, 'Alt+Left')}
        <Field label="Go to time" width={96} reference={goField} value={clock(own(device), 4)} onEnter={(text) => void go(text)} />
        <Select aria-label="Clock of the time" w={150} allowDeselect={false} value={device} onChange={(value) => value && setDevice(value)} comboboxProps={{ width: 'max-content' }}
          data={sources.clocks.map((each) => ({ value: each.device, label: each.device === sources.reference ? `${each.device} (reference)` : each.aligned ? each.device : `${each.device}, not aligned` }))} />
        <span className={`caption ${styles.clocks}`} data-testid="clocks">{sources.clocks.filter((each) => each.device !== device).map((each) => (each.aligned ? `= ${clock(own(each.device), 4)} ${each.device}` : `${each.device}: own clock, not aligned`)).slice(0, 3).join('  ')}</span>
        {press('Forward', '▶', { do: 'pan', pages: 0.2 }, 'Alt+Right')}
        {press('Forward a page', '▶▶', { do: 'pan', pages: 1 }, 'Shift+Alt+Right')}
      </div>
      <div className={styles.group}>
        <Field label="Span in seconds" prefix="span" width={104} value={`${significant(view.span)} s`} onEnter={(text) => { const span = parseTime(text); if (span) onView({ span }); }} />
        {press('Shorter span', '+', { do: 'zoom', direction: -1 }, 'Alt++')}
        {press('Longer span', '-', { do: 'zoom', direction: 1 }, 'Alt+-')}
      </div>
      <div className={styles.group}>
        <SegmentedControl aria-label="How channels are drawn" data={[{ value: 'lines', label: 'Lines' }, { value: 'heat', label: 'Heat map' }]} value={view.mode} onChange={(mode) => onView({ mode: mode === 'heat' ? 'heat' : 'lines' })} />
        <Select aria-label="Gain" title="Gain (Alt+Up, Alt+Down, Ctrl+wheel)" w={104} allowDeselect={false} value={String(view.gain)} onChange={(gain) => gain && onView({ gain: Number(gain) })}
          data={gains.map((gain) => ({ value: String(gain), label: gain >= 1000 ? `${gain / 1000} mV` : `${gain} uV` }))} />
        {view.mode === 'lines' && <Select aria-label="Channels shown" w={120} allowDeselect={false} value={String(view.shown)} onChange={(shown) => shown && onView({ shown: Number(shown) })} data={[...new Set([8, 16, 24, 48, 96, 192, 384, view.shown])].sort((a, b) => a - b).map((count) => ({ value: String(count), label: `${count} channels` }))} />}
        {view.mode === 'lines' && <>{press('Channels further up', '▲', { do: 'scroll', direction: 1 }, 'wheel; Page up in a pane')}{press('Channels further down', '▼', { do: 'scroll', direction: -1 }, 'wheel; Page down in a pane')}</>}
      </div>
      <div className={styles.group}>{children}</div>
    </div>
  );
}

/** A field that keeps what is typed until Enter; shows the value of the view otherwise. */
function Field({ label, prefix, value, width, reference, onEnter }: { readonly label: string; readonly prefix?: string; readonly value: string; readonly width: number; readonly reference?: RefObject<HTMLInputElement | null>; readonly onEnter: (text: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    if (typed !== null) onEnter(typed);
    setTyped(null);
  };
  return (
    <TextInput aria-label={label} ref={reference} w={width} value={typed ?? value} leftSection={prefix ? <span className="caption">{prefix}</span> : undefined} leftSectionWidth={prefix ? 40 : undefined} onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)} onBlur={finish} onKeyDown={(event) => { if (event.key === 'Enter') finish(); else if (event.key === 'Escape') setTyped(null); }} />
  );
}

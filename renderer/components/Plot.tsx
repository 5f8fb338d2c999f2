// A plotly figure in the application's look. plotly comes in its strict form (no code made at run time, which the content
// policy forbids) and only when the first figure is drawn.

import { Button } from '@mantine/core';
import type { Config, Data, Layout, PlotlyHTMLElement } from 'plotly.js';
import { useEffect, useRef, useState } from 'react';
import { downloadFile, follow } from './download.ts';
import { useAsk } from '../api/index.ts';
import styles from './Plot.module.css';
import { inLook, type Look, paperLook, plotLayout, useLook } from '../theme/plotLook.ts';

export interface PlotProps {
  /** Name and finding in one: "ACG of unit 214: 3 of 8,412 intervals under 2 ms". */
  readonly label: string;
  readonly data: readonly Partial<Data>[];
  readonly layout?: Partial<Layout>;
  /** The numbers behind the figure: column names and rows. Shown by Table, saved as CSV. */
  readonly table: () => { readonly columns: readonly string[]; readonly rows: readonly (readonly (number | string)[])[] };
  /** Below saved pictures: run, probe, formula versions. */
  readonly caption?: string;
  /** Point numbers of a click or a box selection, by trace. */
  readonly onPick?: (points: readonly { readonly curve: number; readonly point: number }[]) => void;
}

const config: Partial<Config> = { displaylogo: false, responsive: true, scrollZoom: false, doubleClick: 'reset', displayModeBar: true, modeBarButtons: [['zoom2d', 'pan2d', 'resetScale2d']] };

/** Rows of the table that are drawn at most. */
const mostRows = 2000;

export function Plot({ label, data, layout, table, caption, onPick }: PlotProps) {
  const info = useAsk('app.info', {});
  const host = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const look = useLook();
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    const element = host.current;
    if (!element || asTable) return;
    let isGone = false;
    void import('../theme/plotly.ts').then(async ({ plotly }) => {
      if (isGone) return;
      const plot = (await plotly.react(element, [...data] as Data[], plotLayout(look, layout), config)) as PlotlyHTMLElement;
      plot.removeAllListeners?.('plotly_click');
      plot.removeAllListeners?.('plotly_selected');
      const tell = (event?: { readonly points: readonly { readonly curveNumber: number; readonly pointNumber: number }[] }) => pick.current?.((event?.points ?? []).map(({ curveNumber, pointNumber }) => ({ curve: curveNumber, point: pointNumber })));
      plot.on('plotly_click', tell);
      plot.on('plotly_selected', tell);
    });
    return () => {
      isGone = true;
    };
  }, [data, layout, look, asTable]);
  useEffect(() => {
    const element = host.current;
    return () => {
      if (element) void import('../theme/plotly.ts').then(({ plotly }) => plotly.purge(element));
    };
  }, [asTable]);

  const paperText = [label, `${caption ? `${caption}. ` : ''}Aftergate ${info.data?.version ?? ''}`];
  return (
    <figure className={styles.figure} aria-label={label}>
      {asTable ? <NumberTable table={table} /> : <div ref={host} className={styles.plot} />}
      <div className={styles.bar}>
        <Button variant="subtle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? 'Picture' : 'Table'}</Button>
        {!asTable && <Button variant="subtle" onClick={() => void save(host.current, label, look, paperText, 'svg')}>SVG</Button>}
        {!asTable && <Button variant="subtle" onClick={() => void save(host.current, label, look, paperText, 'png')}>PNG</Button>}
        <Button variant="subtle" onClick={() => downloadFile(new Blob([csv(table())], { type: 'text/csv' }), `${fileName(label)}.csv`)}>CSV</Button>
      </div>
    </figure>
  );
}

function NumberTable({ table }: Pick<PlotProps, 'table'>) {
  const { columns, rows } = table();
  return (
    <div className={styles.numbers} tabIndex={0} role="region" aria-label="Numbers">
      <table>
        <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{rows.slice(0, mostRows).map((row, index) => <tr key={index}>{row.map((value, column) => <td key={column}>{value}</td>)}</tr>)}</tbody>
      </table>
      {rows.length > mostRows && <p className="caption">The first {mostRows} of {rows.length} rows; CSV has all.</p>}
    </div>
  );
}

/** Saved pictures are for paper: light, whatever the screen is, 7 pt, with their caption below. */
async function save(element: HTMLElement | null, label: string, look: Look, caption: readonly string[], format: 'svg' | 'png'): Promise<void> {
  if (!element) return;
  const { plotly } = await import('../theme/plotly.ts');
  const { data, layout } = inLook(figureOf(element), look, paperLook());
  const font = { family: 'Arial, sans-serif', size: 9.33, color: '#15191D' };
  const below = { text: caption.join('<br>'), x: 0, y: 0, xref: 'paper', yref: 'paper', yshift: -48, xanchor: 'left', yanchor: 'top', align: 'left', showarrow: false, font } as const;
  const paper = { ...layout, width: undefined, height: undefined, paper_bgcolor: '#FFFFFF', plot_bgcolor: '#FFFFFF', font, annotations: [...(layout.annotations ?? []), below], margin: { ...layout.margin, b: 92 } };
  const url = await plotly.toImage({ data, layout: paper } as never, { format, width: element.clientWidth, height: element.clientHeight + 48, scale: format === 'png' ? 2 : 1 });
  follow(url, `${fileName(label)}.${format}`);
}

const figureOf = (element: HTMLElement) => {
  const { data, layout } = element as unknown as { data: Data[]; layout: Partial<Layout> };
  return { data, layout };
};

const fileName = (label: string) => label.split(':')[0].replace(/[^\p{L}\p{N}]+/gu, '_');

function csv({ columns, rows }: ReturnType<PlotProps['table']>): string {
  const cell = (value: number | string) => (typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value));
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\n');
}

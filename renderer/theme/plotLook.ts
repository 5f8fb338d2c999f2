// Figures in the colours of the page (UI guide, 1.5).

import { useComputedColorScheme } from '@mantine/core';
import type { Layout } from 'plotly.js';
import { useMemo } from 'react';

export interface Look {
  readonly scheme: 'dark' | 'light';
  /** A token of tokens.css: `look.color('--accent')`. */
  readonly color: (token: string) => string;
  /** Six colours for units and events, in order. */
  readonly series: readonly string[];
}

/** Changes when the colour scheme does. */
export function useLook(): Look {
  const scheme = useComputedColorScheme('dark');
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const color = (token: string) => style.getPropertyValue(token).trim();
    return { scheme, color, series: ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => color(`--series-${letter}`)) };
  }, [scheme]);
}

const tokens = ['--bg-1', '--bg-2', '--bg-3', '--text', '--text-2', '--text-3', '--line', '--edge', '--accent', '--ok', '--warn', '--err', '--focus', '--negative', '--positive', ...['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `--series-${letter}`)];

/** The light tokens, whatever the screen shows: saved pictures are for paper. */
export function paperLook(): Look {
  const root = document.documentElement;
  const before = root.getAttribute('data-mantine-color-scheme');
  root.setAttribute('data-mantine-color-scheme', 'light');
  const style = getComputedStyle(root);
  const values = new Map(tokens.map((token) => [token, style.getPropertyValue(token).trim()]));
  if (before !== null) root.setAttribute('data-mantine-color-scheme', before);
  const color = (token: string) => values.get(token) ?? '';
  return { scheme: 'light', color, series: ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => color(`--series-${letter}`)) };
}

/** A figure made with one look, as the other would have made it: colours are known by their tokens. */
export function inLook<Figure>(figure: Figure, from: Look, to: Look): Figure {
  const other = new Map(tokens.map((token) => [from.color(token), to.color(token)]));
  const changed = (value: unknown): unknown => {
    if (typeof value === 'string') return other.get(value) ?? value;
    if (Array.isArray(value)) return value.map(changed);
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each)]));
  };
  return changed(figure) as Figure;
}

export function plotLayout({ color }: Look, layout: Partial<Layout> = {}): Partial<Layout> {
  const axis = { gridcolor: color('--line'), zerolinecolor: color('--edge'), linecolor: color('--edge'), ticks: 'outside', ticklen: 4, automargin: true } as const;
  return {
    font: { family: 'system-ui, sans-serif', size: 12, color: color('--text-2') },
    paper_bgcolor: color('--bg-1'),
    plot_bgcolor: color('--bg-1'),
    margin: { l: 52, r: 36, t: 12, b: 48 },
    hovermode: 'closest',
    hoverlabel: { bgcolor: color('--bg-3'), bordercolor: color('--edge'), font: { family: 'ui-monospace, monospace', size: 12, color: color('--text') } },
    dragmode: 'zoom',
    showlegend: false,
    modebar: { orientation: 'v', bgcolor: 'rgba(0,0,0,0)', color: color('--text-3'), activecolor: color('--accent') },
    ...layout,
    xaxis: { ...axis, ...layout.xaxis, title: { standoff: 6, ...(typeof layout.xaxis?.title === 'object' ? layout.xaxis.title : {}) } },
    yaxis: { ...axis, ...layout.yaxis },
  };
}

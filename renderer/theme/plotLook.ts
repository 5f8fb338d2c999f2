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

// Every screen: its address, its name in the rail (if it stands there) and where its code is. One line per screen.

import type { ComponentType } from 'react';

/** What a screen is given: the parts of its address. View state stands after `?`: see useViewState. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface ScreenEntry {
  /** wouter's pattern. */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType<ScreenProps> }>;
}

export const screens: readonly ScreenEntry[] = [
  { path: '/runs', load: () => import('../screens/runs/index.tsx') },
  { path: '/session/:draftId/:step?', load: () => import('../screens/session/index.tsx') },
  { path: '/runs/:runId', load: () => import('../screens/run/index.tsx') },
  { path: '/session', load: () => import('../screens/sessions/index.tsx') },
  { path: '/queue/:jobId?/:stepId?', load: () => import('../screens/queue/index.tsx') },
  { path: '/report/:jobId', load: () => import('../screens/report/index.tsx') },
  { path: '/review', load: () => import('../screens/results/index.tsx') },
  { path: '/review/:resultId/traces', load: () => import('../screens/traces/index.tsx') },
  { path: '/review/:resultId/units', load: () => import('../screens/units/index.tsx') },
  { path: '/traces/:runId', load: () => import('../screens/traces/raw.tsx') },
  { path: '/settings/:page?', load: () => import('../screens/settings/index.tsx') },
  { path: '/help/:page?', load: () => import('../screens/help/index.tsx') },
  { path: '/doctor', load: () => import('../screens/doctor/index.tsx') },
];

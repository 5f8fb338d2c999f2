// Ctrl+K: one field over screens, runs, sessions and help.

import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useLocation } from 'wouter';
import { useAsk } from '../api/index.ts';
import { when } from '../components/index.ts';

const screens: readonly { readonly label: string; readonly route: string; readonly place: string }[] = [
  { label: 'Runs', route: '/runs', place: 'everything recorded under your folders' },
  { label: 'Session', route: '/session', place: 'sessions being set up' },
  { label: 'Queue', route: '/queue', place: 'work that runs or waits' },
  { label: 'Review', route: '/review', place: 'results' },
  { label: 'Settings', route: '/settings', place: 'tools, regions, appearance' },
  { label: 'Help', route: '/help', place: 'pages and keys' },
];

export function Palette() {
  const [, go] = useLocation();
  const { data: runs = [] } = useAsk('runs.list', {});
  const { data: drafts = [] } = useAsk('session.list', {});
  const { data: pages = [] } = useAsk('help.pages', {});
  const entry = (id: string, label: string, description: string, route: string): SpotlightActionData => ({ id, label, description, onClick: () => go(route) });
  const groups: SpotlightActionGroupData[] = [
    { group: 'Screens', actions: screens.map(({ label, route, place }) => entry(route, label, place, route)) },
    { group: 'Runs', actions: runs.map((run) => entry(run.runId, run.name, `${when(run.started_at)} ${run.path}`, `/runs/${run.runId}`)) },
    { group: 'Sessions', actions: drafts.map((draft) => entry(draft.draftId, draft.name, `saved ${when(draft.savedAt)}`, `/session/${draft.draftId}/runs`)) },
    { group: 'Help', actions: pages.map(({ page, title }) => entry(`help-${page}`, title, 'help', `/help/${page}`)) },
  ];
  return <Spotlight actions={groups} shortcut={null} limit={30} nothingFound="Nothing has this name." searchProps={{ placeholder: 'Screens, runs, sessions, help', 'aria-label': 'Search' }} attributes={{ content: { 'aria-label': 'Search' } }} scrollable maxHeight={480} />;
}

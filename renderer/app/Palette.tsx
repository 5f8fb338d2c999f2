// Ctrl+K: one field over actions of this page, screens, runs, sessions, results, units, settings and help. `:` makes it a
// command line of phy's snippets.

import { Spotlight, spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { probeTitle } from '../../core/service/contract/index.ts';
import { useAsk, useKept } from '../api/index.ts';
import { when } from '../components/index.ts';
import { pageActions, type PageAction } from './pageActions.ts';
import { readSnippet } from './snippets.ts';

const screens: readonly (readonly [label: string, route: string, place: string, keys?: string])[] = [
  ['Runs', '/runs', 'everything recorded under your folders', 'Alt+Shift+1'],
  ['Session', '/session', 'sessions being set up', 'Alt+Shift+2'],
  ['Queue', '/queue', 'work that runs or waits', 'Alt+Shift+3'],
  ['Review', '/review', 'results', 'Alt+Shift+4'],
  ['Settings', '/settings', 'tools, regions, appearance', 'Alt+Shift+5'],
  ['Help', '/help', 'pages and keys', 'Alt+Shift+6'],
  ['Doctor', '/doctor', 'what this computer has and what is missing'],
];
const settings = ['Tools', 'Presets', 'Regions', 'Appearance', 'Shortcuts', 'Limits', 'Data', 'About'];
const none: readonly string[] = [];
const shownAtMost = 40;
const remembered = 8;

export function Palette() {
  const [path, go] = useLocation();
  const [query, setQuery] = useState('');
  const [here, setHere] = useState<readonly PageAction[]>([]);
  const [recent, setRecent] = useKept<readonly string[]>('palette.recent', none);
  const { data: runs = [] } = useAsk('runs.list', {});
  const { data: drafts = [] } = useAsk('session.list', {});
  const { data: pages = [] } = useAsk('help.pages', {});
  const { data: results = [] } = useAsk('results.list', {}, { enabled: query !== '' });
  const [, resultId = '', page = ''] = /^\/review\/([^/]+)\/(\w+)/.exec(path) ?? (path.startsWith('/traces/') ? ['', '', 'traces'] : []);
  const { data: table } = useAsk('results.units', { resultId }, { enabled: query !== '' && resultId !== '' });

  const begin = () => {
    setHere(pageActions(document));
    setQuery(beginning);
    beginning = '';
  };
  const entry = (id: string, label: string, description: string, act: () => void, { keys = '', reason }: { readonly keys?: string; readonly reason?: string } = {}): SpotlightActionData => ({
    id, label, description: reason ?? description, disabled: reason !== undefined, rightSection: keys === '' ? undefined : <kbd>{keys}</kbd>,
    onClick() {
      setRecent([id, ...recent.filter((other) => other !== id)].slice(0, remembered));
      act();
    },
  });
  const link = (label: string, route: string, place: string, keys = '') => entry(route, label, place, () => go(route), { keys });
  const groups: SpotlightActionGroupData[] = [
    { group: 'This page', actions: here.map(({ label, keys, reason, press }) => entry(`page ${label}`, label, 'this page', () => setTimeout(press), { keys, reason })) },
    { group: 'Screens', actions: screens.map(([label, route, place, keys]) => link(label, route, place, keys)) },
    { group: 'Runs', actions: runs.map((run) => link(run.name, `/runs/${run.runId}`, `run, ${when(run.started_at)} ${run.path}`)) },
    { group: 'Sessions', actions: drafts.map((draft) => link(draft.name, `/session/${draft.draftId}/runs`, `session, saved ${when(draft.savedAt)}`)) },
    { group: 'Results', actions: results.map((result) => link(`${result.run}${result.probe === null ? '' : ` ${probeTitle(result.probe)}`} ${result.tag}`, `/review/${result.resultId}/units`, `result, ${result.path}`)) },
    { group: 'Units', actions: /^\d+$/.test(query.trim()) ? [...(table?.ids ?? [])].map((id) => link(`Unit ${id}`, `/review/${resultId}/units?unit=${id}`, 'unit of this result')) : [] },
    { group: 'Settings', actions: settings.map((name) => link(name, `/settings/${name.toLowerCase()}`, 'settings')) },
    { group: 'Help', actions: [...pages.map(({ page: name, title }) => link(title, `/help/${name}`, 'help')), link('Keys', '/help/keys', 'help')] },
  ];

  const snippetGroup = (line: string): SpotlightActionGroupData[] => {
    const [address, search = ''] = location.hash.split('?');
    const state = new URLSearchParams(search);
    return [{
      group: 'Commands', actions: readSnippet(line, page, { state: Object.fromEntries(state), table }).map(({ text, help, change, problem }) => ({
        id: `snippet ${text}`, label: text, description: problem ?? help, disabled: problem !== undefined, closeSpotlightOnTrigger: change !== undefined,
        onClick() {
          if (!change) return setQuery(text);
          for (const [name, value] of Object.entries(change)) state.set(name, value);
          go(`${address.slice(1)}?${state.toString()}`);
        },
      })),
    }];
  };

  return (
    <Spotlight
      actions={query.startsWith(':') ? snippetGroup(query) : groups} shortcut={null} query={query} onQueryChange={setQuery} clearQueryOnClose={false}
      filter={(text, all) => (text.startsWith(':') ? all : matching(text, all as SpotlightActionGroupData[], recent))}
      onSpotlightOpen={begin} onSpotlightClose={() => setQuery('')}
      nothingFound="Nothing has this name." searchProps={{ placeholder: 'Actions, screens, runs, results, units, settings, help; : for commands', 'aria-label': 'Search' }}
      attributes={{ content: { 'aria-label': 'Search' } }} scrollable maxHeight={480}
    />
  );
}

/** What the field begins with when it opens next. */
let beginning = '';

/** `:` opens the field ready for a snippet. */
export function openCommandLine(): void {
  beginning = ':';
  spotlight.open();
}

/** Rows with all words; without words, and within a group, what was used last comes first. */
function matching(text: string, groups: readonly SpotlightActionGroupData[], recent: readonly string[]): SpotlightActionGroupData[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const placeOf = ({ id }: SpotlightActionData) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const found = groups.map(({ group, actions }) => ({
    group, actions: actions.filter(({ label = '', description = '' }) => words.every((word) => `${label} ${description}`.toLowerCase().includes(word))).sort((a, b) => placeOf(a) - placeOf(b)),
  }));
  const last = words.length > 0 ? [] : found.flatMap(({ actions }) => actions.filter(({ id }) => recent.includes(id))).sort((a, b) => placeOf(a) - placeOf(b));
  const rest = found.map(({ group, actions }) => ({ group, actions: actions.filter((action) => !last.includes(action)) }));
  let left = shownAtMost;
  return [{ group: 'Recent', actions: last }, ...rest].map(({ group, actions }) => {
    const shown = actions.slice(0, left);
    left -= shown.length;
    return { group, actions: shown };
  }).filter(({ actions }) => actions.length > 0);
}

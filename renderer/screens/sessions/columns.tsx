// The columns of the list of sessions.

import { Anchor, Button } from '@mantine/core';
import { Link } from 'wouter';
import type { DraftSummary } from '../../../core/service/contract/index.ts';
import { type Column, counted, when } from '../../components/index.ts';
import { age } from './age.ts';
import type { SessionActions } from './useSessionActions.ts';

const kinds: Readonly<Record<string, string>> = { 'multi-run': 'Runs', 'file-list': 'File list', 'super-run': 'Super-run', 'split-shanks': 'Split shanks' };

export function sessionColumns({ duplicate, remove }: SessionActions): readonly Column<DraftSummary>[] {
  return [
    { key: 'name', title: 'Name', width: 'minmax(200px, 2fr)', cell: (draft) => <Anchor component={Link} href={`/session/${draft.draftId}/runs`}>{draft.name}</Anchor> },
    { key: 'kind', title: 'Kind', width: '100px', cell: (draft) => kinds[draft.kind] ?? draft.kind },
    { key: 'runs', title: 'Runs', width: 'minmax(160px, 3fr)', cell: (draft) => (draft.runs.length === 0 ? 'none' : `${counted(draft.runs.length, 'run')}: ${draft.runs.join(', ')}`) },
    { key: 'saved', title: 'Changed', width: '220px', cell: (draft) => `${when(draft.savedAt)}, ${age(draft.savedAt, Date.now())}` },
    {
      key: 'actions', title: 'Actions', width: '200px', cell: (draft) => (
        <>
          <Button variant="subtle" onClick={() => duplicate(draft)} aria-label={`Duplicate ${draft.name}`}>Duplicate</Button>
          <Button variant="subtle" onClick={() => remove(draft)} aria-label={`Remove ${draft.name}`}>Remove</Button>
        </>
      ),
    },
  ];
}

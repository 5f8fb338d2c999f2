// Begins a session with runs and opens it: at its first step, or at its review when it is set up like the last one. What a
// finding proposes for a run is a session with those keys.

import { useLocation } from 'wouter';
import type { FindingAction, RunSummary } from '../../../core/service/contract/index.ts';
import { call, useCommand } from '../../api/index.ts';

export function useSetUp() {
  const [, go] = useLocation();
  const create = useCommand('session.create');
  const setUp = (runs: readonly RunSummary[], like: 'default' | 'last' = 'default') => create.mutate({ runIds: runs.map(({ runId }) => runId), like }, {
    onSuccess: ({ draftId }) => go(`/session/${draftId}/${like === 'last' ? 'review' : 'runs'}`),
  });
  const setUpAs = (run: RunSummary, { label, patch }: FindingAction) => create.mutate({ runIds: [run.runId] }, {
    onSuccess: async ({ draftId, rev }) => {
      await call('session.patch', { draftId, rev, label, session: patch });
      go(`/session/${draftId}/runs`);
    },
  });
  return { setUp, setUpAs, error: create.error, isSettingUp: create.isPending ? (create.variables.like ?? 'default') : null };
}

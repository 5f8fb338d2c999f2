// Step 10 of the wizard: everything that could spoil the night, the plan with times and sizes, exactly what will be
// executed and written; then Run, or export.

import { Button, Tabs } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { FindingAction, Input } from '../../../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../../../api/index.ts';
import { bytes, counted, Problem, useViewState, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { CheckList } from './CheckList.tsx';
import { Commands } from './Commands.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { JsonView } from './JsonView.tsx';
import { runLabel } from './matrix.ts';
import { Methods } from './Methods.tsx';
import { PlanMatrix, rough } from './PlanMatrix.tsx';
import styles from './Review.module.css';
import { Scripts } from './Scripts.tsx';
import { StartChoice } from './StartChoice.tsx';
import { nextTime } from './startTime.ts';
import { Steps } from './Steps.tsx';

const initialView = { tab: 'plan', at: '' };

export default function ReviewStep(props: StepProps) {
  const { draft, editor } = props;
  const { draftId } = draft;
  const [, go] = useLocation();
  const [{ tab, at }, setView] = useViewState(initialView);
  const [exporting, setExporting] = useState(false);
  const [depth, setDepth] = useKept<Input<'preflight.run'>['depth']>('session.review.depth', 'quick');
  const client = useQueryClient();
  const preflight = useAsk('preflight.run', { draftId, depth }, { keep: true });
  const plan = useAsk('session.plan', { draftId }, { keep: true, enabled: preflight.isSuccess });
  const add = useCommand('queue.add');
  const findings = preflight.data?.findings ?? [];
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const patch = ({ label, patch: keys }: FindingAction) => keys && editor.change(label, { session: keys });
  const again = (to: 'quick' | 'full') => {
    setDepth(to);
    void client.invalidateQueries({ queryKey: ['preflight.run', { draftId, depth: to }] }).then(() => client.invalidateQueries({ queryKey: ['session.plan', { draftId }] }));
  };
  const isChecking = preflight.isFetching || plan.isFetching;
  const run = runLabel(plan.data?.total.steps ?? 0, count('stop'), count('warn'), at);
  const start = () => add.mutate({ draftId, when: nextTime(at, new Date())?.toISOString() ?? 'now' }, { onSuccess: ({ jobId }) => go(`/queue/${jobId}`) });
  const primary = preflight.data && plan.data
    ? { ...run, onPress: start, busy: add.isPending, ...(isChecking && run.reason === undefined ? { reason: 'Checking' } : {}) }
    : { label: 'Run', reason: preflight.error ? 'The session could not be checked.' : 'Checking', onPress: () => undefined };

  return (
    <Step {...props} fill notation={`aftergate run "${draft.name}.json"`} primary={primary}
      secondary={<Button variant="default" leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => setExporting(true)}>Export</Button>}>
      <div className={styles.review}>
        {preflight.error && <Problem error={preflight.error} onRetry={() => again(depth ?? 'quick')} />}
        {add.error && <Problem error={add.error} />}
        {!preflight.data && !preflight.error && <Waiting what="metas of the runs" />}
        {preflight.data && <CheckList draftId={draftId} findings={findings} checkedAt={preflight.data.checkedAt} took_s={preflight.data.took_s} busy={isChecking} onPatch={patch} onAgain={again} />}
        {plan.error && <Problem error={plan.error} />}
        {plan.data && plan.data.steps.length > 0 && (
          <section aria-labelledby="plan-title" className={styles.plan}>
            <div className={styles.head}>
              <h2 id="plan-title">{counted(plan.data.total.steps, 'step')}{plan.data.total.valid > 0 ? `, ${plan.data.total.valid} still valid` : ''}</h2>
              <span>about {rough(plan.data.total.est_s)} · {bytes(plan.data.total.est_B)}</span>
              {!plan.data.measured && <span className="muted">first run here: rough</span>}
            </div>
            <PlanMatrix plan={plan.data} />
            <StartChoice at={at} onAt={(time) => setView({ at: time })} />
            <Tabs value={tab} className={styles.tabs} onChange={(value) => setView({ tab: value ?? 'plan' })}>
              <Tabs.List aria-label="What will be executed and written">
                <Tabs.Tab value="plan">Plan</Tabs.Tab>
                <Tabs.Tab value="commands">Commands</Tabs.Tab>
                <Tabs.Tab value="json">JSON ({new Set(plan.data.steps.map(({ inputJson }) => inputJson)).size + 1})</Tabs.Tab>
                <Tabs.Tab value="scripts">Scripts</Tabs.Tab>
                <Tabs.Tab value="methods">Methods</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="plan" className={styles.panel}><Steps plan={plan.data} /></Tabs.Panel>
              <Tabs.Panel value="commands" className={styles.panel} tabIndex={0}><Commands plan={plan.data} /></Tabs.Panel>
              <Tabs.Panel value="json" className={styles.panel} tabIndex={0}><JsonView draftId={draftId} plan={plan.data} /></Tabs.Panel>
              <Tabs.Panel value="scripts" className={styles.panel} tabIndex={0}>{tab === 'scripts' && <Scripts draftId={draftId} />}</Tabs.Panel>
              <Tabs.Panel value="methods" className={styles.panel} tabIndex={0}>{tab === 'methods' && <Methods draftId={draftId} />}</Tabs.Panel>
            </Tabs>
          </section>
        )}
      </div>
      <ExportDialog draft={draft} opened={exporting} onClose={() => setExporting(false)} />
    </Step>
  );
}

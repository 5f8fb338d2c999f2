// The session and the input JSON of every step, exactly as they will be written.

import { useMemo, useState } from 'react';
import type { SessionPlan } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { FileText } from './FileText.tsx';

export function JsonView({ draftId, plan }: { readonly draftId: string; readonly plan: SessionPlan }) {
  const files = useMemo(() => [...new Map(plan.steps.map((step) => [step.inputJson, step.id])).entries()], [plan]);
  const [stepId, setStepId] = useState('');
  const { data, error } = useAsk('session.json', { draftId, ...(stepId === '' ? {} : { stepId }) }, { keep: true });
  const choices = [{ value: '', label: 'The session' }, ...files.map(([file, id]) => ({ value: id, label: file.split(/[\\/]/).at(-1)! }))];
  return <FileText label="JSON file" choices={choices} chosen={stepId} onChoose={setStepId} file={data} error={error} />;
}

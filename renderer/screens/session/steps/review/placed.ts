// A finding as step 10 lists it: its place before the sentence, and always a way to the step that mends it.

import { type Finding, wizardSteps } from '../../../../../core/service/contract/index.ts';

export function placed(finding: Finding, draftId: string): Finding {
  const { run, gate, probe, step } = finding.where;
  const place = [run === undefined ? '' : `${run}${gate === undefined ? '' : ` g${gate}`}`, probe === undefined ? '' : `imec${probe}`].filter((part) => part !== '').join(' ');
  const route = `/session/${draftId}/${step}`;
  const isLinked = step === undefined || step === 'review' || finding.next.some((action) => action.route === route);
  return {
    ...finding,
    text: place === '' ? finding.text : `${place}: ${finding.text}`,
    next: isLinked ? finding.next : [...finding.next, { label: `Go to step ${wizardSteps.indexOf(step) + 1}`, route }],
  };
}

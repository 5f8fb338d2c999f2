// The bar of steps: number, title, and the worst finding with its count. A step without findings is fine from the start.

import { Link } from 'wouter';
import { useAsk } from '../../api/index.ts';
import { bySeverity, type Draft, type Finding, type WizardStep } from '../../../core/service/contract/index.ts';
import { useFindings } from './useFindings.ts';
import { stepEntries } from './steps.ts';
import styles from './Step.module.css';

interface StepBarProps {
  readonly draft: Draft;
  readonly step: WizardStep;
  readonly routeOf: (step: WizardStep) => string;
}

export function StepBar({ draft, step, routeOf }: StepBarProps) {
  const findings = useFindings(draft.draftId);
  const { data: preset } = useAsk('session.presetChanges', { draftId: draft.draftId }, { keep: true });
  const changed = (of: WizardStep) => preset?.changes.filter((change) => change.step === of).length ?? 0;
  return (
    <nav className={styles.steps} aria-label="Steps">
      {stepEntries.map((entry, index) => (
        <Link key={entry.step} href={routeOf(entry.step)} aria-current={entry.step === step ? 'step' : undefined} aria-keyshortcuts={`Alt+${(index + 1) % 10}`}>
          {index + 1} {entry.title} {findings && <StepMark findings={findings.filter((finding) => finding.where.step === entry.step)} />}
          {changed(entry.step) > 0 && <><span aria-hidden> ●</span><span className="unseen"> {changed(entry.step)} changed against the preset</span></>}
        </Link>
      ))}
    </nav>
  );
}

const shapes = { stop: '⬣', warn: '▲', note: '(i)', ok: '✔' } as const;
const words = { stop: 'stop', warn: 'warning', note: 'note', ok: 'fine' } as const;

/** Notes alone do not stand out: the step is fine. */
function StepMark({ findings }: { readonly findings: readonly Finding[] }) {
  const worst = bySeverity(findings)[0]?.severity ?? 'ok';
  const mark = worst === 'note' ? 'ok' : worst;
  const count = mark === 'ok' ? 0 : findings.filter(({ severity }) => severity === mark).length;
  return (
    <span className={styles[mark]}>
      <span aria-hidden>{shapes[mark]}{count > 0 ? count : ''}</span>
      <span className="unseen">{count > 0 ? `${count} ${words[mark]}${count === 1 ? '' : 's'}` : words[mark]}</span>
    </span>
  );
}

// What every step of the wizard is made of: the bar of steps, its content, its notation in the footer, Back and Next.

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Draft, WizardStep } from '../../../core/service/contract/index.ts';
import { Notation, Page } from '../../components/index.ts';
import type { Primary } from '../../components/Page.tsx';
import styles from './Step.module.css';
import { stepEntries } from './steps.ts';
import type { DraftEditor } from './useDraft.ts';

export interface StepProps {
  readonly step: WizardStep;
  readonly draft: Draft;
  readonly editor: DraftEditor;
}

interface StepFrameProps extends StepProps {
  /** What this step decides, in the field's notation. */
  readonly notation: string;
  /** Instead of Next. */
  readonly primary?: Primary;
  readonly secondary?: ReactNode;
  /** The content scrolls by itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Step({ step, draft, notation, primary, secondary, fill, children }: StepFrameProps) {
  const [, go] = useLocation();
  const index = stepEntries.findIndex((entry) => entry.step === step);
  const routeOf = (to: WizardStep) => `/session/${draft.draftId}/${to}`;
  const [before, after] = [stepEntries[index - 1], stepEntries[index + 1]];
  return (
    <Page
      title={stepEntries[index].title}
      crumbs={[{ label: 'Session', route: '/session' }, { label: draft.name, route: routeOf('runs') }]}
      notation={<Notation text={notation} />}
      secondary={<>{secondary}{before && <Button variant="default" onClick={() => go(routeOf(before.step))}>Back</Button>}</>}
      primary={primary ?? (after && { label: `Next: ${after.title}`, onPress: () => go(routeOf(after.step)) })}
      fill={fill}
    >
      <nav className={styles.steps} aria-label="Steps">
        {stepEntries.map((entry, number) => <Link key={entry.step} href={routeOf(entry.step)} aria-current={entry.step === step ? 'step' : undefined}>{number + 1} {entry.title}</Link>)}
      </nav>
      {children}
    </Page>
  );
}

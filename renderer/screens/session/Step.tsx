// What every step of the wizard is made of: the line of the session (name, saved, undo, preset), the bar of steps with their
// findings, its content, its notation in the footer, Back and Next.

import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { Draft, WizardStep } from '../../../core/service/contract/index.ts';
import { Page } from '../../components/index.ts';
import type { Primary } from '../../components/Page.tsx';
import { NotationField } from './NotationField.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import styles from './Step.module.css';
import { SessionLine } from './SessionLine.tsx';
import { StepBar } from './StepBar.tsx';
import { stepEntries } from './steps.ts';
import type { DraftEditor } from './useDraft.ts';
import { usePastedNotation } from './usePastedNotation.ts';
import { useSessionKeys } from './useSessionKeys.ts';

export interface StepProps {
  readonly step: WizardStep;
  readonly draft: Draft;
  readonly editor: DraftEditor;
}

interface StepFrameProps extends StepProps {
  /** What this step decides, in the field's notation. */
  readonly notation: string;
  /** Takes edited notation over. Without it, it is read as pasted settings are. */
  readonly onNotation?: (text: string) => void;
  /** Instead of Next. */
  readonly primary?: Primary;
  readonly secondary?: ReactNode;
  /** The content scrolls by itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Step({ step, draft, editor, notation, onNotation, primary, secondary, fill, children }: StepFrameProps) {
  const [, go] = useLocation();
  const [pasting, setPasting] = useState<string>();
  usePastedNotation(setPasting);
  const routeOf = (to: WizardStep) => `/session/${draft.draftId}/${to}`;
  const index = stepEntries.findIndex((entry) => entry.step === step);
  useSessionKeys(editor, index, (to) => go(routeOf(to)));
  const [before, after] = [stepEntries[index - 1], stepEntries[index + 1]];
  return (
    <Page
      title={stepEntries[index].title}
      crumbs={[{ label: 'Session', route: '/session' }, { label: draft.name, route: routeOf('runs') }]}
      notation={<NotationField draft={draft} step={step} text={notation} onNotation={onNotation} />}
      secondary={
        <>
          <Button variant="default" onClick={() => setPasting('')}>Paste old settings</Button>
          {secondary}
          {before && <Button variant="default" onClick={() => go(routeOf(before.step))} aria-keyshortcuts="Alt+PageUp">Back</Button>}
        </>
      }
      primary={primary ?? (after && { label: `Next: ${after.title}`, onPress: () => go(routeOf(after.step)) })}
      fill={fill}
    >
      <div className={fill ? undefined : styles.bleed}>
        <SessionLine draft={draft} editor={editor} />
        <StepBar draft={draft} step={step} routeOf={routeOf} />
      </div>
      {children}
      <PasteDialog text={pasting} draft={draft} onClose={() => setPasting(undefined)} />
    </Page>
  );
}

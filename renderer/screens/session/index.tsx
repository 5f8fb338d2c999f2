// A session being set up: one page per step, any step at any time.

import { lazy } from 'react';
import type { ScreenProps } from '../../app/screens.ts';
import { Problem, Waiting } from '../../components/index.ts';
import { stepEntries } from './steps.ts';
import { useDraft } from './useDraft.ts';

const pages = new Map(stepEntries.map(({ step, load }) => [step, lazy(load)]));

export default function SessionScreen({ params }: ScreenProps) {
  const editor = useDraft(params.draftId ?? '');
  const entry = stepEntries.find(({ step }) => step === params.step) ?? stepEntries[0];
  const StepPage = pages.get(entry.step)!;
  if (editor.error) return <Problem error={editor.error} />;
  if (!editor.draft) return <Waiting what="the session" />;
  return <StepPage key={entry.step} step={entry.step} draft={editor.draft} editor={editor} />;
}

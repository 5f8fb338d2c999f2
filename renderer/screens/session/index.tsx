// A session being set up: one page per step, any step at any time.

import { Button } from '@mantine/core';
import { lazy } from 'react';
import { Link } from 'wouter';
import type { ScreenProps } from '../../app/screens.ts';
import { Page, Problem, Waiting } from '../../components/index.ts';
import { stepEntries } from './steps.ts';
import { useDraft } from './useDraft.ts';

const crumbs = [{ label: 'Session', route: '/session' }];
const pages = new Map(stepEntries.map(({ step, load }) => [step, lazy(load)]));

export default function SessionScreen({ params }: ScreenProps) {
  const editor = useDraft(params.draftId ?? '');
  const entry = stepEntries.find(({ step }) => step === params.step) ?? stepEntries[0];
  const StepPage = pages.get(entry.step)!;
  if (editor.error) return <Page title="Session" crumbs={crumbs}><Problem error={editor.error} actions={<Button variant="default" component={Link} href="/session">Go to Sessions</Button>} /></Page>;
  if (!editor.draft) return <Page title="Session" crumbs={crumbs}><Waiting what="the session" /></Page>;
  return <StepPage key={entry.step} step={entry.step} draft={editor.draft} editor={editor} />;
}

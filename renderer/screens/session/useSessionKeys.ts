// Keys of the wizard: Ctrl+Z and Ctrl+Y undo and redo (in a text field they are the field's), Alt+PageDown and Alt+PageUp
// go on and back, Alt+1 to Alt+0 go to a step.

import { useEffect, useRef } from 'react';
import type { WizardStep } from '../../../core/service/contract/index.ts';
import { stepEntries } from './steps.ts';
import type { DraftEditor } from './useDraft.ts';

export function useSessionKeys(editor: DraftEditor, index: number, goTo: (step: WizardStep) => void): void {
  const latest = useRef({ editor, index, goTo });
  useEffect(() => {
    latest.current = { editor, index, goTo };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('[role=dialog]')) return;
      const { editor: edits, index: at, goTo: open } = latest.current;
      const target = event.altKey && !event.ctrlKey && !event.shiftKey ? stepOf(event, at) : undefined;
      const edit = (event.ctrlKey || event.metaKey) && !event.altKey && !isTyping(event.target) ? editOf(event) : undefined;
      if (target === undefined && edit === undefined) return;
      event.preventDefault();
      if (target !== undefined) open(stepEntries[target].step);
      else if (edit === 'undo') edits.undo();
      else edits.redo();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function stepOf(event: KeyboardEvent, index: number): number | undefined {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const wanted = event.key === 'PageDown' ? index + 1 : event.key === 'PageUp' ? index - 1 : digit === undefined ? -1 : (Number(digit) + 9) % 10;
  return wanted >= 0 && wanted < stepEntries.length ? wanted : undefined;
}

function editOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' ? 'redo' : undefined;
}

/** Fields that hold text have an undo of their own. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type));
}

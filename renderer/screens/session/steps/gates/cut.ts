// Start and length of what is joined, of all runs alike: set by fields and by dragging on a timeline.

import type { Draft } from '../../../../../core/service/contract/index.ts';
import type { Cut } from '../../../../components/index.ts';
import type { DraftEditor } from '../../useDraft.ts';
import { commandPatch, joinOptions } from './model.ts';

export function cutOf(draft: Draft, editor: DraftEditor): Cut {
  const set = (label: string, name: 'startsecs' | 'maxsecs', value: number | null) => editor.change(label, { session: commandPatch(joinOptions(draft).command, name, value === null || value === 0 ? null : String(value)) });
  return {
    onStart: (seconds) => set(seconds === null ? 'from the beginning' : `start at ${seconds} s`, 'startsecs', seconds),
    onLength: (seconds) => set(seconds === null ? 'to the end' : `at most ${seconds} s`, 'maxsecs', seconds),
  };
}

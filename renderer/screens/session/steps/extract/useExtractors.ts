// The extractors of the session and the ways to change them. Labels are kept by an extractor's text and follow it.

import { useState } from 'react';
import { type Draft, type ExtractorFields, type ExtractorProposal, type ExtractorString, readExtractorText, writeExtractor, writeExtractString, readExtractString } from '../../../../../core/service/contract/index.ts';
import type { DraftEditor } from '../../useDraft.ts';
import { changeLabel, extractStringOf, inARowOf, stringKey } from './model.ts';

export interface Extractors {
  readonly string: ExtractorString;
  readonly text: string;
  /** With what is being dragged. */
  readonly fields: readonly (ExtractorFields | null)[];
  readonly labels: Readonly<Record<string, string>>;
  readonly dismissed: readonly string[];
  readonly inARow: number;
  readonly labelOf: (index: number) => string;
  /** `done` false while dragging: shown, not saved. Answers the place it has afterwards. */
  readonly set: (index: number, fields: ExtractorFields, done: boolean) => number;
  readonly add: (fields: readonly ExtractorFields[]) => number;
  readonly remove: (index: number) => void;
  readonly rename: (index: number, label: string) => void;
  readonly setInARow: (count: number) => void;
  readonly setText: (text: string) => void;
  readonly dismiss: (proposal: ExtractorProposal) => void;
}

export function useExtractors(draft: Draft, editor: DraftEditor): Extractors {
  const [held, setHeld] = useState<{ readonly index: number; readonly fields: ExtractorFields }>();
  const string = extractStringOf(draft);
  const text = writeExtractString(string);
  const labels = draft.notes.labels ?? {};
  const fields = string.extractors.map((word, index) => (held?.index === index ? held.fields : word.fields));
  const save = (label: string, next: ExtractorString, notes?: Readonly<Record<string, unknown>>) => {
    const written = writeExtractString(next);
    editor.change(label, { session: { [stringKey]: written === '' ? null : written }, ...(notes ? { notes } : {}) });
    return readExtractString(written);
  };
  const placeOf = ({ extractors }: ExtractorString, wanted: string) => Math.max(0, extractors.findLastIndex((word) => word.text === wanted));

  return {
    string, text, fields, labels,
    dismissed: draft.notes.dismissed ?? [],
    inARow: inARowOf(draft, string),
    labelOf: (index) => labels[string.extractors[index]?.text ?? ''] ?? '',
    set(index, next, done) {
      if (!done) {
        setHeld({ index, fields: next });
        return index;
      }
      setHeld(undefined);
      const before = string.extractors[index];
      const written = writeExtractor(next);
      if (!before || written === before.text) return index;
      const { [before.text]: label, ...others } = labels;
      const saved = save(before.fields ? changeLabel(before.fields, next) : written, { ...string, extractors: string.extractors.with(index, readExtractorText(written)) }, label === undefined ? undefined : { labels: { ...others, [written]: label } });
      return placeOf(saved, written);
    },
    add(more) {
      const words = more.map((each) => readExtractorText(writeExtractor(each))).filter((word) => !string.extractors.some(({ text: known }) => known === word.text));
      const last = writeExtractor(more[more.length - 1]);
      if (words.length === 0) return placeOf(string, last);
      return placeOf(save(words.length === 1 ? `add ${words[0].text}` : `add ${words.length} extractors`, { ...string, extractors: [...string.extractors, ...words] }), last);
    },
    remove(index) {
      save(`remove ${string.extractors[index].text}`, { ...string, extractors: string.extractors.filter((_, at) => at !== index) });
    },
    rename(index, label) {
      const { text: named } = string.extractors[index];
      const others = Object.fromEntries(Object.entries(labels).filter(([known]) => known !== named));
      editor.change(`name ${label}`, { notes: { labels: label === '' ? others : { ...others, [named]: label } } });
    },
    setInARow(count) {
      save(`in a row ${count}`, { ...string, inARow: count });
    },
    setText(next) {
      save('extractors as text', readExtractString(next));
    },
    dismiss({ extractor }) {
      editor.change(`dismiss ${extractor}`, { notes: { dismissed: [...(draft.notes.dismissed ?? []), extractor] } });
    },
  };
}

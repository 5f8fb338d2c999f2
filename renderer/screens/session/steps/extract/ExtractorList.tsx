// The extractors of the session in a row: letter, name, kind, count; one is chosen, each can be removed.

import { Button, CloseButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ExtractorFields, streamOfExtractor } from '../../../../../core/service/contract/index.ts';
import { grouped } from '../../../../components/index.ts';
import styles from './extract.module.css';
import { letterOf } from './model.ts';
import type { Extractors } from './useExtractors.ts';

interface ExtractorListProps {
  readonly extractors: Extractors;
  readonly stream: string;
  /** Lines each writes in this gate, as far as known. */
  readonly counts: readonly (number | undefined)[];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  /** What Add would add. */
  readonly addWhat: string;
  readonly onAdd: () => void;
  /** Why it cannot be added yet: a width comes from the lines as they are. */
  readonly addWaits: string | undefined;
  /** Names of the files the chosen one writes. */
  readonly files: readonly string[];
  readonly proposals: number;
  readonly onAcceptAll: () => void;
}

export function ExtractorList({ extractors, stream, counts, selected, onSelect, addWhat, onAdd, addWaits, files, proposals, onAcceptAll }: ExtractorListProps) {
  return (
    <div className={styles.extractors}>
      <h2>Extractors</h2>
      {extractors.string.extractors.length === 0 && <span className="muted">None yet. Sync edges are taken without one.</span>}
      <ul aria-label="Extractors">
        {extractors.string.extractors.map((word, index) => (
          <li key={`${word.text}-${index}`} className={styles.chip} data-selected={index === selected || undefined} data-testid="extractor">
            <button type="button" aria-pressed={index === selected} onClick={() => onSelect(index)} title={word.text}>
              <b>{letterOf(index)}</b> {extractors.labelOf(index)} <span className="muted">{chipText(extractors.fields[index], stream) ?? word.text}</span> {counts[index] !== undefined && <b>{grouped(counts[index])}</b>}
            </button>
            <CloseButton size={28} aria-label={`Remove ${letterOf(index)}`} onClick={() => extractors.remove(index)} />
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd} disabled={addWaits !== undefined} title={addWaits} aria-label={`Add ${addWhat}`}>Add</Button>
      {proposals > 0 && <Button variant="default" onClick={onAcceptAll}>Accept {proposals} {proposals === 1 ? 'proposal' : 'proposals'}</Button>}
      {files.length > 0 && <p className={`caption ${styles.files}`}>writes <code>{files.join(' and ')}</code></p>}
    </div>
  );
}

/** "xa 2, 25 ms", with the stream where it is another one. */
function chipText(fields: ExtractorFields | null, stream: string): string | undefined {
  if (!fields) return undefined;
  const own = streamOfExtractor(fields);
  const place = fields.kind === 'bf' ? `${fields.word}.${fields.startBit}-${fields.startBit + fields.bits - 1}` : 'bit' in fields ? `${fields.word}.${fields.bit}` : String(fields.word);
  const width = fields.kind === 'bf' ? '' : fields.width_ms === 0 ? ', any' : `, ${fields.width_ms} ms`;
  return `${fields.kind} ${own === stream ? '' : `${own} `}${place}${width}`;
}

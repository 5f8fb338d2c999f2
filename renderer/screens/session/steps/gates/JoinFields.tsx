// How files are joined: what becomes of gaps, of missing files, and which part of the whole is taken.

import { Radio } from '@mantine/core';
import { type Draft, withCatgtOption } from '../../../../../core/service/contract/index.ts';
import { NumberField, parseNumber, type Read, TypedField } from '../../../../components/index.ts';
import type { DraftEditor } from '../../useDraft.ts';
import { cutOf } from './cut.ts';
import styles from './GatesStep.module.css';
import { joinOptions } from './model.ts';

/** ms that gaps are cut to when that is first chosen. */
const usualCap = 500;

export function JoinFields({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) {
  const { command, zerofillmax, mayMiss, startsecs, maxsecs } = joinOptions(draft);
  const set = (label: string, name: string, value: string | null) => editor.change(label, { session: { catGT_cmd_string: withCatgtOption(command, name, value) } });
  const { onStart, onLength } = cutOf(draft, editor);
  const gaps = zerofillmax === null ? 'keep' : zerofillmax === 0 ? 'close' : 'cap';
  const setGaps = (next: string) => set(`gaps: ${next}`, 'zerofillmax', next === 'keep' ? null : next === 'close' ? '0' : String(usualCap));
  return (
    <div className={styles.join}>
      <Radio.Group label="Gaps" value={gaps} onChange={setGaps}>
        <div className={styles.line}>
          <Radio value="keep" label="Keep true time" />
          <Radio value="cap" label="Cap" />
          {gaps === 'cap' && <NumberField className={styles.short} name="The longest fill" aria-label="Longest fill" value={zerofillmax ?? usualCap} min={1} unit="ms" whole onChange={(value) => set(`longest fill ${value} ms`, 'zerofillmax', String(value))} />}
          <Radio value="close" label="Close" />
        </div>
      </Radio.Group>
      <Radio.Group label="Missing files" value={mayMiss ? 'fill' : 'stop'} onChange={(next) => set(`missing files: ${next}`, 't_miss_ok', next === 'fill' ? '' : null)}>
        <div className={styles.line}>
          <Radio value="stop" label="Stop" />
          <Radio value="fill" label="Fill" />
        </div>
      </Radio.Group>
      <TypedField className={styles.short} label="Start at, s" placeholder="0" text={startsecs === null ? '' : String(startsecs)} read={readSeconds} onChange={onStart} />
      <TypedField className={styles.short} label="At most, s" placeholder="all" text={maxsecs === null ? '' : String(maxsecs)} read={readSeconds} onChange={onLength} />
    </div>
  );
}

/** Empty means that there is no such limit. */
function readSeconds(text: string): Read<number | null> {
  if (text.trim() === '') return { value: null };
  const value = parseNumber(text);
  return value === undefined || value < 0 ? { problem: `'${text}' is not a number of seconds.` } : { value };
}

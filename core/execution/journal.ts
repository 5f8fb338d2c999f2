// The journal: what became of every step, one JSON object a line, appended and flushed to the disk before anything goes
// on. It outlives kills and power cuts; a line that was cut off is passed over.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, outputFileError, readTextIfThere } from '../common/index.ts';

export interface StepRecord {
  readonly event: 'started' | 'done' | 'failed' | 'cancelled';
  readonly step: string;
  readonly fingerprint: string;
  /** ISO time; with the fingerprint it names one run of the step. */
  readonly time: string;
  /** Of a step that is done: the files it wrote. */
  readonly outputs?: readonly string[];
  /** Of one that is done, s of work. */
  readonly seconds?: number;
  /** Of one that failed. */
  readonly message?: string;
}

export interface Journal {
  /** What was written before this run. */
  readonly earlier: readonly StepRecord[];
  /** The last record of a step. */
  last(step: string): StepRecord | undefined;
  append(record: StepRecord): Promise<void>;
  close(): Promise<void>;
}

export function journalPath(folder: string): string {
  return path.join(folder, 'journal.jsonl');
}

/** Throws OutputFileError. */
export async function openJournal(folder: string): Promise<Journal> {
  const file = journalPath(folder);
  await makeFolder(folder);
  const text = (await readTextIfThere(file)) ?? '';
  const earlier = parseJournal(text);
  const last = new Map(earlier.map((record) => [record.step, record]));
  const handle = await fs.open(file, 'a').catch((error: unknown) => {
    throw outputFileError(file, error);
  });
  let cutOff = text !== '' && !text.endsWith('\n');
  return {
    earlier,
    last: (step) => last.get(step),
    async append(record) {
      try {
        await handle.appendFile(`${cutOff ? '\n' : ''}${JSON.stringify(record)}\n`);
        await handle.datasync();
      } catch (error) {
        throw outputFileError(file, error);
      }
      cutOff = false;
      last.set(record.step, record);
    },
    close: () => handle.close(),
  };
}

/** Records in order; lines that are none are left out. */
export function parseJournal(text: string): StepRecord[] {
  return text.split('\n').flatMap((line) => {
    try {
      const record = JSON.parse(line) as Partial<StepRecord> | null;
      return typeof record?.step === 'string' && typeof record.event === 'string' && typeof record.fingerprint === 'string' ? [record as StepRecord] : [];
    } catch {
      return [];
    }
  });
}

// The lists of edits and reports of health in an output folder, by the stream they tell of. What cannot be read is a
// sentence, not a failure: the recording can be looked at without them.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError } from '../../common/index.ts';
import { type EditRow, type HealthReport, parseEdits, parseHealth } from '../../formats/spanFiles/index.ts';
import { parseSglxName, streamLabel } from '../../spikeglx/index.ts';
import type { OutputFolder } from './outputs.ts';

export interface SpanLists {
  readonly edits: readonly EditRow[] | null;
  readonly health: HealthReport | null;
}

/** By stream: `imec0.ap`. */
export async function readSpanLists(output: OutputFolder, problems: string[]): Promise<ReadonlyMap<string, SpanLists>> {
  const lists = new Map<string, SpanLists>();
  const read = async (files: readonly string[], ending: RegExp, take: (text: string, file: string) => Partial<SpanLists>) => {
    for (const file of files) {
      const name = parseSglxName(path.basename(file).replace(ending, '.meta'));
      if (!name) continue;
      const stream = streamLabel(name.stream);
      try {
        const text = await fs.readFile(file, 'utf8').catch((error: unknown) => { throw inputFileError(file, error); });
        lists.set(stream, { edits: null, health: null, ...lists.get(stream), ...take(text, file) });
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
  };
  await read(output.edits, editsEnding, (text, file) => ({ edits: parseEdits(text, file) }));
  await read(output.health, healthEnding, (text, file) => {
    const health = parseHealth(text, file);
    if (health.spans_left_out > 0) problems.push(`${file}: ${health.spans_left_out} more stretches were counted than it lists, so they are not marked.`);
    return { health };
  });
  return lists;
}

const editsEnding = /\.edits\.csv$/i;
const healthEnding = /\.health\.json$/i;

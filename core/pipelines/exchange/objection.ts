// Why a pasted change cannot be made on the runs of a session.

import { isDeepStrictEqual } from 'node:util';
import { eventSuffixes, extractorStream } from '../../engines/catgt/index.ts';
import { readExtractorWord, sameFile } from '../extractors/index.ts';
import { type Draft, kindOf, specsOf } from './draft.ts';
import { checkExtractor, type RunFacts } from './extractorCheck.ts';
import type { Change, NotUsed, SpecPart } from './reading.ts';
import { numbersIn, probesOf } from './specEntries.ts';

type Objection = Omit<NotUsed, 'token'>;

/** @param strangers runs the text was found to be about that the session has not */
export function objectionTo(change: Change, draft: Draft, strangers: readonly string[]): Objection | undefined {
  if (change.kind === 'extractor') return extractorObjection(change.text, draft);
  if (change.kind === 'apart' && kindOf(draft) === 'super-run') return { reason: 'A super-run sorts its probes whole.' };
  if (draft.before.run_specs === undefined) return undefined;
  if (change.kind === 'apart') return apartObjection(change.probe, draft);
  if (change.kind === 'spec') return change.part === 'run' ? runObjection(change.value, draft) : partObjection(change.part, change.value, draft, strangers);
  if (change.kind !== 'key') return undefined;
  if (change.key === 'npx_directory') {
    return isDeepStrictEqual(change.value, draft.effective.npx_directory) ? undefined : { reason: 'The runs of this session are where they are: step 1 changes them.' };
  }
  if (change.key !== 'run_specs' || !Array.isArray(change.value)) return undefined;
  const names = change.value.map((spec: unknown) => (Array.isArray(spec) ? String(spec[0]) : ''));
  return names.map((name) => runObjection(name, draft)).find((each) => each !== undefined);
}

function extractorObjection(text: string, { runs, pasted }: Draft): Objection | undefined {
  const file = eventFile(text, runs);
  if (file !== undefined && pasted.some((other) => other !== text && eventFile(other, runs) === file)) {
    const { id, text: reason } = sameFile(file);
    return { id, reason };
  }
  const wrong = checkExtractor(text, runs);
  return wrong && { id: wrong.id, reason: wrong.reason, suggestion: wrong.suggestion };
}

/** `nidq.xa_2_25.txt`; the last word by its number where the files are known. */
function eventFile(text: string, runs: readonly RunFacts[]): string | undefined {
  const { extractor } = readExtractorWord(text);
  if (!extractor) return undefined;
  const stream = extractorStream(extractor);
  const columns = runs.flatMap(({ streams }) => streams).find((each) => each.stream === stream)?.columns ?? 0;
  return `${stream}${eventSuffixes(extractor, columns)[0]}`;
}

function runObjection(name: string, draft: Draft): Objection | undefined {
  return specsOf(draft).some((spec) => spec[0] === name) ? undefined : { reason: `The run ${name} is not in this session.` };
}

function apartObjection(probe: number, draft: Draft): Objection | undefined {
  const isThere = specsOf(draft).some((spec) => probesOf(spec).includes(probe));
  return isThere ? undefined : { id: 'probe-missing', reason: `imec${probe} is not among the probes of this session.` };
}

/** Where a part of run_specs is found in a run, and what one of it is called; any trigger may be asked for. */
const PARTS: Partial<Record<SpecPart, { readonly there: (run: RunFacts) => readonly number[]; readonly id: string; readonly word: string }>> = {
  gates: { there: (run) => run.gates, id: 'gate-missing', word: 'gate' },
  probes: { there: (run) => run.probes, id: 'probe-missing', word: 'probe' },
  obx: { there: (run) => run.obx, id: 'onebox-missing', word: 'OneBox' },
};

function partObjection(part: SpecPart, value: string, { runs, run }: Draft, strangers: readonly string[]): Objection | undefined {
  if (strangers.length > 0) return { reason: `It belongs to the run ${strangers[strangers.length - 1]}, which is not in this session.` };
  const { there, id, word } = PARTS[part] ?? {};
  if (!there) return undefined;
  for (const about of runs.filter(({ name }) => run === undefined || name === run)) {
    const has = there(about);
    const missing = numbersIn(value).find((number) => !has.includes(number));
    if (missing !== undefined) return { id, reason: `${about.name} has no ${word} ${missing}: it has ${has.length === 0 ? 'none' : has.join(', ')}.` };
  }
  return undefined;
}

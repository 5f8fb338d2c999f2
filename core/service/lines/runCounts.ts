// The same extractors over every chosen run and gate: how many lines each would write, and where that is odd.

import { isAbort, isAftergateError } from '../../common/index.ts';
import type { PreviewResult, PreviewTask, WindowResult, WindowTask } from '../../review/index.ts';
import { extractionIn, parseExtractor } from '../../review/index.ts';
import { type CallContext, type ExtractorWord, type Finding, readExtractString, type RunCount, streamOfExtractor } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import type { Sources } from './sources.ts';

/** Counts further from the median than this are odd. */
const ODD = 0.2;

interface Counted {
  readonly count: number | null;
  /** Highest and lowest volts of an analog word in which nothing was found. */
  readonly reach?: { readonly name: string; readonly volts: number };
}

export async function countRuns({ text, runIds, inARow }: { readonly text: string; readonly runIds: readonly string[]; readonly inARow: number }, context: AreaContext, sources: Sources, call: CallContext) {
  const words = readExtractString(text).extractors;
  const places = runIds.flatMap((runId) => {
    const { summary } = context.runs.get(runId);
    return summary.gates.map(({ gate }) => ({ runId, run: summary.name, gate }));
  });
  const counted: Counted[][] = [];
  for (const [index, place] of places.entries()) {
    call.progress(index, places.length, 'gates');
    const row: Counted[] = [];
    for (const word of words) row.push(await countOne(word, place, inARow, context, sources, call));
    counted.push(row);
  }
  const rows = places.map((place, at): RunCount => ({ ...place, counts: counted[at].map(({ count }) => count), findings: words.flatMap((word, index) => oddities(word, index, at, places, counted)) }));
  return { extractors: words.map(({ text: each }) => each), rows };
}

async function countOne(word: ExtractorWord, { runId, gate }: { runId: string; gate: number }, inARow: number, context: AreaContext, sources: Sources, call: CallContext): Promise<Counted> {
  if (!word.fields) return { count: null };
  const stream = streamOfExtractor(word.fields);
  const hasStream = context.runs.get(runId).files.some((file) => file.stream === stream && file.gate === gate);
  if (!hasStream) return { count: null };
  try {
    const { source, meta, facts } = await sources.open({ runId, gate, stream, whole: false });
    const extraction = extractionIn(parseExtractor(word.text), meta, facts, inARow);
    if (!extraction) return { count: null };
    const quiet: CallContext = { signal: call.signal, progress: () => undefined };
    await sources.condense(source, quiet);
    const { counts } = await context.screenPool().run<PreviewResult>('lines.preview', { source, extraction } satisfies PreviewTask);
    if (counts.accepted > 0 || extraction.kind === 'bf') return { count: counts.accepted };
    const line = source.words.find((each) => each.word === extraction.column)!;
    if (line.kind === 'digital') return { count: 0 };
    const all: WindowTask = { source, words: [extraction.column], from: 0, to: source.covered, columns: 1 };
    const window = await context.screenPool().run<WindowResult>('lines.window', all);
    const extreme = extraction.kind === 'xa' ? window.words[0].hi.reduce((a, b) => Math.max(a, b)) : window.words[0].lo.reduce((a, b) => Math.min(a, b));
    return { count: 0, reach: { name: line.name, volts: extreme * line.volts_per_count } };
  } catch (error) {
    if (isAbort(error) || call.signal.aborted || !isAftergateError(error)) throw error;
    return { count: null };
  }
}

function oddities(word: ExtractorWord, index: number, at: number, places: readonly { runId: string; run: string; gate: number }[], counted: readonly (readonly Counted[])[]): Finding[] {
  const { fields } = word;
  const { count, reach } = counted[at][index];
  if (count === null || !fields) return [];
  const { runId, run, gate } = places[at];
  const make = (id: string, text: string): Finding => ({ id, severity: 'warn', text, where: { runId, run, gate, stream: streamOfExtractor(fields), step: 'extract' }, next: [] });
  if (count === 0) {
    const best = places.map((place, other) => ({ ...place, count: counted[other][index].count ?? 0 })).sort((a, b) => b.count - a.count)[0];
    const elsewhere = best.count > 0 ? ` ${best.runId === runId ? '' : `${best.run} `}g${best.gate} has ${best.count} pulses.` : '';
    const what = 'threshold1_V' in fields && reach
      ? `Nothing on ${reach.name} crosses ${fields.threshold1_V.toFixed(1)} V in g${gate} (${fields.kind === 'xa' ? 'highest' : 'lowest'} ${reach.volts.toFixed(1)} V)`
      : `${word.text} finds nothing in g${gate}`;
    return [make('no-pulses', `${what}. The line may have been unplugged, or no pulse has this width.${elsewhere}`)];
  }
  const others = counted.map((row) => row[index].count).filter((each) => each !== null).sort((a, b) => a - b);
  const middle = others[others.length >> 1];
  if (others.length < 3 || Math.abs(count - middle) <= ODD * middle) return [];
  return [make('odd-count', `${count} pulses where the others have about ${middle}.`)];
}

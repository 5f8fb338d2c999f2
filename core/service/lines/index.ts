// Answers the requests about the lines of NI, OneBoxes and probes (analog words, digital bits) and the extractors set on them.

import { InputFileError, UsageError } from '../../common/index.ts';
import { syncExtractor, syncWidthMs } from '../../engines/catgt/index.ts';
import { type BitFacts, extractionIn, isRawWindow, type OpenedLines, parseExtractor, type PreviewResult, type PreviewTask, type SurveyedWord, type SurveyTask, type SyncLine, type WindowResult, type WindowTask, metaOf } from '../../review/index.ts';
import { type Meta, readMeta } from '../../spikeglx/index.ts';
import type { ExtractorPreview, Handlers, lineRequests, LineSurvey, LineWindow, LineWord, WordSurvey } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { checkString, filesOf, type KnownStream } from './checks.ts';
import { countRuns } from './runCounts.ts';
import { openSources, pruneLines, spanOf } from './sources.ts';

export interface LinesArea {
  readonly handlers: Handlers<typeof lineRequests>;
  close(): Promise<void>;
}

export async function linesArea(context: AreaContext): Promise<LinesArea> {
  await pruneLines(context);
  const sources = openSources(context);

  /** From the first file, in the order NI, OneBox, AP, that knows the period. */
  const syncMsOf = async (runId: string, gate: number): Promise<number> => {
    const files = context.runs.get(runId).files.filter((file) => file.gate === gate && !file.stream.endsWith('.lf'));
    const order = (stream: string) => (stream === 'nidq' ? 0 : stream.startsWith('obx') ? 1 : 2);
    const firsts = [...new Map([...files].reverse().map((file) => [file.stream, file])).values()].sort((a, b) => order(a.stream) - order(b.stream));
    const metas = await Promise.all(firsts.map((file) => readMeta(metaOf(file.path)).catch((): Meta | undefined => undefined)));
    return syncWidthMs(metas.filter((meta) => meta !== undefined));
  };

  const knownStreams = async (runIds: readonly string[], stream: string): Promise<KnownStream[]> => {
    const found = await Promise.all(runIds.map(async (runId): Promise<KnownStream | undefined> => {
      const { summary, files } = context.runs.get(runId);
      const gate = files.find((file) => file.stream === stream)?.gate;
      if (gate === undefined) return undefined;
      try {
        return { runId, run: summary.name, gate, opened: await sources.open({ runId, gate, stream, whole: false }), syncMs: await syncMsOf(runId, gate) };
      } catch (error) {
        if (error instanceof InputFileError) return undefined; // preflight tells of files that cannot be read
        throw error;
      }
    }));
    return found.filter((each) => each !== undefined);
  };

  return {
    handlers: {
      async 'lines.list'(input) {
        const { source } = await sources.open(input);
        return { ...spanOf(source), words: source.words as readonly LineWord[] };
      },

      async 'lines.survey'(input, call): Promise<LineSurvey> {
        const opened = await sources.open(input);
        const { source } = opened;
        await sources.condense(source, call);
        const sync = syncLine(opened, await syncMsOf(input.runId, input.gate));
        const surveyed: SurveyedWord[] = [];
        for (const [index, { word }] of source.words.entries()) {
          call.signal.throwIfAborted();
          call.progress(index, source.words.length, 'words');
          surveyed.push(await context.screenPool().run<SurveyedWord>('lines.survey', { source, word, sync } satisfies SurveyTask));
        }
        return {
          ...spanOf(source),
          words: source.words.map((word, index) => toWordSurvey(word, surveyed[index], sync)),
          proposals: surveyed.flatMap(({ word, proposals }) => proposals.map((proposal) => ({ ...proposal, word }))),
        };
      },

      async 'lines.window'({ words, from_s, to_s, columns, ...input }, call): Promise<LineWindow> {
        const { source } = await sources.open(input);
        for (const word of words) if (!source.words.some((each) => each.word === word)) throw new UsageError(`Word ${word} does not exist: this file has words ${source.words.map((each) => each.word).join(', ')}.`);
        const task: WindowTask = { source, words, from: from_s * source.rate, to: to_s * source.rate, columns };
        if (!isRawWindow(task)) await sources.condense(source, call);
        const { first, perColumn, words: read } = await context.screenPool().run<WindowResult>('lines.window', task);
        return {
          from_s, to_s,
          perColumn_smp: perColumn,
          first_s: first / source.rate,
          rate_Hz: source.rate,
          words: read.map(({ word, lo, hi, bits }) => ({ word, lo, hi, bits: bits?.map((bit) => ({ ...trainFields(bit), bit: bit.bit, startsHigh: bit.startsHigh, edges_s: bit.changes.map((sample) => sample / source.rate) })) ?? null })),
        };
      },

      async 'extract.preview'({ extractor: text, inARow, from_s, to_s, ...input }, call): Promise<ExtractorPreview> {
        const opened = await sources.open(input);
        const { source, meta, facts } = opened;
        const extractor = parseExtractor(text);
        const extraction = extractionIn(extractor, meta, facts, inARow);
        const word = source.words.find((each) => each.word === extraction?.column);
        if (!extraction || !word) throw new UsageError(`${text}: ${source.label} has words ${source.words[0]?.word ?? 0} to ${facts.columns - 1}.`);
        await sources.condense(source, call);
        const task: PreviewTask = { source, extraction, from: from_s === undefined ? undefined : from_s * source.rate, to: to_s === undefined ? undefined : to_s * source.rate };
        const { counts, pulses, widths, values } = await context.screenPool().run<PreviewResult>('lines.preview', task);
        const seconds = (samples: Float64Array) => samples.map((sample) => sample / source.rate);
        const ms = (samples: Float64Array) => samples.map((sample) => (1000 * sample) / source.rate);
        return {
          extractor: text,
          counts,
          pulses: { on_s: seconds(pulses.on), off_s: seconds(pulses.off), extremes_V: pulses.extremes.map((count) => count * word.volts_per_count), verdicts: pulses.verdicts, values: pulses.values, partial: pulses.partial },
          widths: widths && { edges_ms: ms(widths.edges), counts: widths.counts, typical_ms: ms(widths.typical), log: widths.log },
          values: values?.map(({ value, count, first }) => ({ value, count, first_s: first / source.rate })) ?? null,
          files: filesOf(extractor, { run: context.runs.get(input.runId).summary.name, gate: input.gate, opened }),
          secondUsed: extraction.kind !== 'bf' && extraction.reach !== undefined,
        };
      },

      'extract.check': ({ text, runIds }) => checkString(text, (stream) => knownStreams(runIds, stream)),
      'extract.checkRuns': (input, call) => countRuns(input, context, sources, call),
    },
    close() {
      sources.close();
      return Promise.resolve();
    },
  };
}

function syncLine({ meta, facts }: OpenedLines, ms: number): SyncLine | null {
  const sync = syncExtractor(meta, facts, ms);
  if (sync === undefined || typeof sync === 'string') return null;
  const word = sync.word < 0 ? facts.columns - 1 : sync.word;
  return 'bit' in sync ? { word, bit: sync.bit, ms } : { word, ms };
}

function trainFields({ edges, rate_Hz, period_ms, width_ms, widths_ms, duty_pct }: Omit<BitFacts, 'bit' | 'constant' | 'startsHigh' | 'changes'>) {
  return { edges, rate_Hz, period_ms, width_ms, widths_ms, duty_pct };
}

function toWordSurvey(word: LineWord, { analog, bits, text }: SurveyedWord, sync: SyncLine | null): WordSurvey {
  const isSync = (bit?: number) => sync?.word === word.word && sync.bit === bit;
  const volts = (counts: number | null | undefined) => (counts === null || counts === undefined ? null : counts * word.volts_per_count);
  return {
    ...word,
    min_V: volts(analog?.min),
    max_V: volts(analog?.max),
    median_V: volts(analog?.median),
    noise_V: volts(analog?.noise),
    levels_V: analog?.levels.map((level) => level * word.volts_per_count) ?? [],
    threshold_V: volts(analog?.threshold),
    train: analog?.train ?? null,
    sync: isSync(),
    bits: bits.map((bit) => ({ ...trainFields(bit), bit: bit.bit, constant: bit.constant, sync: isSync(bit.bit) })),
    text,
  };
}


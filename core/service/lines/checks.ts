// What stands against each extractor of a session, from metas alone: no samples are read.

import { eventSuffixes, type Extractor, extractorStream } from '../../engines/catgt/index.ts';
import { type ExtractorNotice, fitNotices, lineColumns, readExtractorWord, sameFile, streamNotChosen, widthNotices } from '../../pipelines/index.ts';
import type { OpenedLines } from '../../review/index.ts';
import { streamSuffix } from '../../spikeglx/index.ts';
import { type ExtractorCheck, type ExtractorWord, type Finding, readExtractString, type StringCheck, writeExtractString } from '../contract/index.ts';

/** A stream of the chosen runs, opened. */
export interface KnownStream {
  readonly runId: string;
  readonly run: string;
  readonly gate: number;
  readonly opened: OpenedLines;
  /** Width of a sync pulse. */
  readonly syncMs: number;
}

/** @param streamsOf the stream in every chosen run that has it; empty when none has */
export async function checkString(text: string, streamsOf: (stream: string) => Promise<readonly KnownStream[]>): Promise<StringCheck> {
  const read = readExtractString(text);
  const checked: (ExtractorCheck & { readonly files: readonly string[] })[] = [];
  for (const word of read.extractors) checked.push(await checkWord(word, text, read.inARow ?? 5, streamsOf));
  const extractors = checked.map((check, index) => {
    const twin = checked.findIndex((other, at) => at !== index && other.stream === check.stream && other.files.length > 0 && other.files[0] === check.files[0]);
    if (twin < 0) return check;
    return { ...check, findings: [finding(check.stream, sameFile(check.files[0]), text), ...check.findings] };
  });
  const isReadable = extractors.every(({ findings }) => findings.every(({ id }) => id !== 'extractor-text'));
  return {
    canonical: isReadable ? writeExtractString(read) : null,
    extractors,
    others: read.others.map((other) => ({ text: other, problem: other.startsWith('-inarow') ? 'In a row is a whole number from 1 on.' : other.startsWith('-') ? 'This is no extractor; it is handed to CatGT as it is.' : 'CatGT does not know this word: options begin with a dash.' })),
  };
}

async function checkWord(word: ExtractorWord, whole: string, inARow: number, streamsOf: (stream: string) => Promise<readonly KnownStream[]>): Promise<ExtractorCheck> {
  const { text, problem } = word;
  const { extractor, notice } = readExtractorWord(text);
  if (notice) {
    // The form knows better than CatGT what is missing in half a word.
    const said = notice.id === 'extractor-text' && problem !== null ? { ...notice, text: problem } : notice;
    return { text, stream: null, files: [], findings: [finding(null, said, whole.replace(text, notice.instead?.text ?? text))] };
  }
  const stream = extractorStream(extractor);
  const known = await streamsOf(stream);
  if (known.length === 0) return { text, stream, files: [], findings: [finding(stream, streamNotChosen(stream), whole)] };
  const noticed = new Map<string, Finding>();
  for (const each of known) {
    const { meta, facts } = each.opened;
    for (const notice of fitNotices(extractor, lineColumns(meta, facts, each.syncMs))) if (!noticed.has(notice.id)) noticed.set(notice.id, finding(stream, notice, whole.replace(text, notice.instead?.text ?? text), each));
  }
  for (const notice of widthNotices(extractor, inARow)) noticed.set(notice.id, finding(stream, notice, whole));
  return { text, stream, files: filesOf(extractor, known[0]), findings: [...noticed.values()] };
}

/** @param mended the extractors with this one as it would do */
function finding(stream: string | null, { id, severity, text, instead }: ExtractorNotice, mended: string, where?: KnownStream): Finding {
  return {
    id, severity, text,
    next: instead ? [{ label: instead.label, patch: { ni_obx_extract_string: mended } }] : [],
    where: { step: 'extract', ...(stream === null ? {} : { stream }), ...(where ? { runId: where.runId, run: where.run, gate: where.gate } : {}) },
  };
}

/** None for a word that the file does not have. */
export function filesOf(extractor: Extractor, { run, gate, opened: { facts } }: Pick<KnownStream, 'run' | 'gate' | 'opened'>): string[] {
  if (extractor.word >= facts.columns) return [];
  return eventSuffixes(extractor, facts.columns).map((suffix) => `${run}_g${gate}_tcat${streamSuffix(facts.stream)}${suffix}`);
}

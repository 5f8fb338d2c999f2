// What stands against each extractor of a session, from metas alone: no samples are read.

import { formatG, isAftergateError } from '../../common/index.ts';
import { type Extractor, extractorStream, syncExtractor } from '../../engines/catgt/index.ts';
import { extractionIn, type OpenedLines, parseExtractor, suffixesOf } from '../../review/index.ts';
import { type Meta, type StreamFacts, streamSuffix } from '../../spikeglx/index.ts';
import { type ExtractorCheck, type ExtractorWord, type Finding, type FindingAction, readExtractString, type Severity, type StringCheck, writeExtractString } from '../contract/index.ts';

/** A stream of the chosen runs, opened. */
export interface KnownStream {
  readonly runId: string;
  readonly run: string;
  readonly gate: number;
  readonly opened: OpenedLines;
  /** Width of a sync pulse. */
  readonly syncMs: number;
}

interface Noticed {
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
  readonly next?: readonly FindingAction[];
}

/** @param streamsOf the stream in every chosen run that has it; empty when none has */
export async function checkString(text: string, streamsOf: (stream: string) => Promise<readonly KnownStream[]>): Promise<StringCheck> {
  const read = readExtractString(text);
  const checked: (ExtractorCheck & { readonly files: readonly string[] })[] = [];
  for (const word of read.extractors) checked.push(await checkWord(word, text, read.inARow ?? 5, streamsOf));
  const extractors = checked.map((check, index) => {
    const twin = checked.findIndex((other, at) => at !== index && other.stream === check.stream && other.files.length > 0 && other.files[0] === check.files[0]);
    if (twin < 0) return check;
    return { ...check, findings: [finding(check.stream, { id: 'name-collision', severity: 'stop', text: `Two extractors would both write \`${check.files[0]}\`; the name holds word and width, not the threshold. Change one width or remove one.` }), ...check.findings] };
  });
  const isReadable = extractors.every(({ findings }) => findings.every(({ id }) => id !== 'extractor-text'));
  return {
    canonical: isReadable ? writeExtractString(read) : null,
    extractors,
    others: read.others.map((other) => ({ text: other, problem: other.startsWith('-inarow') ? 'In a row is a whole number from 1 on.' : other.startsWith('-') ? 'This is no extractor; it is handed to CatGT as it is.' : 'CatGT does not know this word: options begin with a dash.' })),
  };
}

async function checkWord(word: ExtractorWord, whole: string, inARow: number, streamsOf: (stream: string) => Promise<readonly KnownStream[]>): Promise<ExtractorCheck> {
  const lf = /^-{0,2}(?:xa|xia|xd|xid|bf)=\s*3[,:;\s]+(\d+)(.*)$/.exec(word.text);
  if (lf) {
    const next = word.text.replace(/=\s*3/, '=2');
    return { text: word.text, stream: `imec${lf[1]}.lf`, files: [], findings: [finding(`imec${lf[1]}.lf`, { id: 'lf-extract', severity: 'stop', text: 'Events cannot be taken from LF files. The same lines are in the AP file, at 12 times the precision.', next: [{ label: `Use imec${lf[1]} AP`, patch: { ni_obx_extract_string: whole.replace(word.text, next) } }] })] };
  }
  const bare = bitRange(word);
  if (bare) return { text: word.text, stream: null, files: [], findings: [finding(null, bare)] };
  let extractor: Extractor;
  try {
    if (word.problem) throw new Error(word.problem);
    extractor = parseExtractor(word.text);
  } catch (error) {
    if (word.problem === null && !isAftergateError(error)) throw error;
    return { text: word.text, stream: null, files: [], findings: [finding(null, { id: probeMisuse(word) ? 'probe-digital' : 'extractor-text', severity: 'stop', text: probeMisuse(word) ? 'Probe streams carry only digital lines: xd or xid.' : (word.problem ?? (error as Error).message) })] };
  }
  const stream = extractorStream(extractor);
  const known = await streamsOf(stream);
  if (known.length === 0) return { text: word.text, stream, files: [], findings: [finding(stream, { id: 'stream-not-chosen', severity: 'note', text: `\`${stream}\` is not among the chosen streams; it is skipped there.` })] };
  const noticed = new Map<string, Finding>();
  for (const each of known) for (const notice of notices(extractor, each)) if (!noticed.has(notice.id)) noticed.set(notice.id, finding(stream, notice, each));
  for (const notice of [...widthNotices(extractor, inARow)]) noticed.set(notice.id, finding(stream, notice));
  return { text: word.text, stream, files: filesOf(extractor, known[0], inARow), findings: [...noticed.values()] };
}

function finding(stream: string | null, { next = [], ...notice }: Noticed, where?: KnownStream): Finding {
  return { ...notice, next, where: { step: 'extract', ...(stream === null ? {} : { stream }), ...(where ? { runId: where.runId, run: where.run, gate: where.gate } : {}) } };
}

const probeMisuse = ({ fields }: ExtractorWord) => fields?.js === 2 && fields.kind !== 'xd' && fields.kind !== 'xid';

function bitRange({ fields }: ExtractorWord): Noticed | undefined {
  if (!fields) return undefined;
  const outside = (bit: number) => !Number.isInteger(bit) || bit < 0 || bit > 15;
  if (fields.kind === 'bf' && !outside(fields.startBit) && fields.bits > 16 - fields.startBit) {
    const most = 16 - fields.startBit;
    return { id: 'bit-range', severity: 'stop', text: `Startbit ${fields.startBit} with ${fields.bits} bits runs past bit 15. At most ${most} ${most === 1 ? 'bit fits' : 'bits fit'}.` };
  }
  const bit = fields.kind === 'bf' ? fields.startBit : 'bit' in fields ? fields.bit : undefined;
  return bit !== undefined && outside(bit) ? { id: 'bit-range', severity: 'stop', text: `Bit ${bit} does not exist: a word has bits 0 to 15.` } : undefined;
}

export function filesOf(extractor: Extractor, { run, gate, opened: { meta, facts } }: Pick<KnownStream, 'run' | 'gate' | 'opened'>, inARow: number): string[] {
  const extraction = extractionIn(extractor, meta, facts, inARow);
  return extraction ? suffixesOf(extraction).map((suffix) => `${run}_g${gate}_tcat${streamSuffix(facts.stream)}${suffix}`) : [];
}

function notices(extractor: Extractor, { opened: { source, meta, facts }, syncMs }: KnownStream): Noticed[] {
  const column = extractor.word < 0 ? facts.columns - 1 : extractor.word;
  if (column >= facts.columns) {
    const names = source.words.length > 0 && source.words.length <= 12 ? ` (${source.words.map(({ name }) => name).join(', ')})` : '';
    return [{ id: 'word-range', severity: 'stop', text: `Word ${column} does not exist: this file has words 0 to ${facts.columns - 1}${names}.` }];
  }
  const word = source.words.find((each) => each.word === column);
  const isAnalog = extractor.kind === 'xa' || extractor.kind === 'xia';
  const found: Noticed[] = [];
  if (word === undefined) found.push({ id: 'word-neural', severity: 'stop', text: `Word ${column} is a neural channel. The digital word is ${source.words.map((each) => each.word).join(' or ')}.` });
  else if (isAnalog && word.kind === 'digital') found.push({ id: 'word-digital', severity: 'stop', text: `Word ${column} is digital: use xd, xid or bf.` });
  else if (!isAnalog && word.kind === 'analog') found.push({ id: 'word-analog', severity: 'stop', text: `Word ${column} is analog: use xa or xia.` });
  else if (isAnalog) found.push(...voltNotices(extractor, word!.range_V));
  if (isSync(extractor, column, meta, facts, syncMs)) found.push({ id: 'sync-line', severity: 'note', text: `This is the sync line. It is extracted anyway, as \`${syncName(column, meta, facts, syncMs)}\`.` });
  return found;
}

function voltNotices(extractor: Extract<Extractor, { threshold1: number }>, range: number): Noticed[] {
  const { kind, threshold1, threshold2 } = extractor;
  const beyond = kind === 'xa' ? threshold2 > threshold1 : threshold2 < threshold1;
  const found: Noticed[] = [];
  const outside = [threshold1, ...(beyond ? [threshold2] : [])].find((volts) => Math.abs(volts) > range);
  if (outside !== undefined) found.push({ id: 'volts-range', severity: 'stop', text: `${formatG(outside)} V is outside ±${formatG(range)} V of this input.` });
  if (!beyond && threshold2 !== 0 && threshold2 !== threshold1) found.push({ id: 'second-threshold', severity: 'note', text: `Threshold 2 (${volts(threshold2)} V) lies inside threshold 1 (${volts(threshold1)} V), so it is not used.` });
  return found;
}

function widthNotices(extractor: Extractor, inARow: number): Noticed[] {
  if (extractor.kind === 'bf') return [];
  const { ms, tolerance } = extractor;
  if (ms === 0) return [{ id: 'any-width', severity: 'note', text: `Width 0 keeps every edge, also bounces longer than ${inARow} samples.` }];
  if (tolerance !== undefined && tolerance >= ms) return [{ id: 'wide-tolerance', severity: 'warn', text: `Tolerance ${formatG(tolerance)} ms is wider than the pulse: any pulse under ${formatG(ms + tolerance)} ms counts.` }];
  return [];
}

/** Always with a decimal: 3.0 V. */
const volts = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : formatG(value));

function isSync(extractor: Extractor, column: number, meta: Meta, facts: StreamFacts, syncMs: number): boolean {
  const sync = syncExtractor(meta, facts, syncMs);
  if (sync === undefined || typeof sync === 'string') return false;
  const syncColumn = sync.word < 0 ? facts.columns - 1 : sync.word;
  if (syncColumn !== column) return false;
  return 'bit' in sync ? coversBit(extractor, sync.bit) : extractor.kind === 'xa';
}

function coversBit(extractor: Extractor, bit: number): boolean {
  if (extractor.kind === 'bf') return false;
  return 'bit' in extractor && extractor.bit === bit && extractor.kind === 'xd';
}

function syncName(column: number, meta: Meta, facts: StreamFacts, syncMs: number): string {
  const sync = syncExtractor(meta, facts, syncMs);
  if (sync === undefined || typeof sync === 'string') return '';
  return `${sync.kind}_${[column, ...('bit' in sync ? [sync.bit] : []), formatG(sync.ms)].join('_')}`;
}

// What stands beside the pictures in figures: counts with reasons, the focused pulse, the ruler.

import { type ExtractorFields, type ExtractorPreview, type Finding, type LineSurvey, type LineWindow, type LineWord, verdicts } from '../../../../../core/service/contract/index.ts';
import { clock, grouped, significant } from '../../../../components/format.ts';
import type { Line } from './model.ts';
import { verdictOf, verdictWords } from './pulses.ts';

/** "412 accepted · 3 short · 1 unfinished at the end". */
export function countsText({ counts, values }: ExtractorPreview, isCounting: boolean): string {
  const parts = verdicts.filter((verdict) => verdict === 'accepted' || counts[verdict] > 0).map((verdict) => (values && verdict === 'bounced' ? `${grouped(counts.bounced)} glitches` : `${grouped(counts[verdict])} ${values && verdict === 'accepted' ? 'changes' : verdictWords[verdict]}`));
  return `${parts.join(' · ')}${isCounting ? ' · counting' : ''}`;
}

/** Edges, width in ms and samples, extreme value, verdict. */
export function pulseText({ pulses }: ExtractorPreview, index: number, rate_Hz: number): string {
  if (index >= pulses.on_s.length) return '';
  const [on, off, extreme] = [pulses.on_s[index], pulses.off_s[index], pulses.extremes_V[index]];
  return [
    `${grouped(index + 1)}/${grouped(pulses.on_s.length)}  ${clock(on, 6)}`,
    ...(Number.isNaN(off) ? [] : [`to ${clock(off, 6)}  ${significant(1000 * (off - on), 4)} ms = ${grouped(Math.round((off - on) * rate_Hz))} samples`]),
    ...(Number.isNaN(extreme) ? [] : [`extreme ${extreme.toFixed(3)} V`]),
    ...(pulses.values ? [`value ${pulses.values[index]}`] : []),
    verdictWords[verdictOf(pulses, index)],
  ].join('  ');
}

/** Value of the analog word and all bits at the ruler or the pointer; with both also the time between. */
export function rulerText(ruler: number | null, pointer: number | null, data: LineWindow | undefined, words: readonly LineWord[], analog: LineWord | undefined): string {
  const at = ruler ?? pointer;
  if (at === null || !data) return '';
  const column = Math.floor(((at - data.first_s) * data.rate_Hz) / data.perColumn_smp + 1e-6);
  const parts = [clock(at, 6)];
  for (const { word, lo, hi } of data.words) {
    const described = words.find((each) => each.word === word)!;
    if (column < 0 || column >= lo.length) continue;
    if (described.kind === 'digital') {
      const [always, ever] = [lo[column] & 0xffff, hi[column] & 0xffff];
      if ((always & ~ever) === 0) parts.push(`${described.name} ${Array.from({ length: 16 }, (_, bit) => (((always ^ ever) >> (15 - bit)) & 1 ? 'x' : ((ever >> (15 - bit)) & 1))).join('')}`);
    } else if (described === analog && lo[column] <= hi[column]) {
      const volts = (count: number) => (count * described.volts_per_count).toFixed(3);
      parts.push(lo[column] === hi[column] ? `${described.name} ${volts(lo[column])} V` : `${described.name} ${volts(lo[column])} to ${volts(hi[column])} V`);
    }
  }
  if (ruler !== null && pointer !== null && pointer !== ruler) parts.push(`dt ${significant(1000 * Math.abs(pointer - ruler), 4)} ms, ${significant(1 / Math.abs(pointer - ruler), 4)} Hz`);
  return parts.join('  ');
}

/** What only the samples can tell of an extractor. */
export function foundInSamples(preview: ExtractorPreview | undefined, fields: ExtractorFields | null, name: string, { gate, stream }: { readonly gate: number; readonly stream: string }, survey: LineSurvey | undefined): Finding[] {
  if (!preview || !fields) return [];
  const where = { stream, gate, step: 'extract' as const };
  const found: Finding[] = [];
  const all = Object.values(preview.counts).reduce((sum, count) => sum + count, 0);
  if (preview.counts.accepted === 0 && 'threshold1_V' in fields && all === 0) {
    const word = survey?.words.find((each) => each.word === fields.word);
    const reach = fields.kind === 'xa' ? word?.max_V : word?.min_V;
    found.push({ id: 'no-pulses', severity: 'warn', where, next: [], text: `Nothing on ${name} crosses ${fields.threshold1_V.toFixed(1)} V in g${gate}${reach === null || reach === undefined ? '' : ` (${fields.kind === 'xa' ? 'highest' : 'lowest'} ${reach.toFixed(1)} V)`}. The line may have been unplugged.` });
  } else if (preview.counts.accepted === 0) {
    found.push({ id: 'no-pulses', severity: 'warn', where, next: [], text: all === 0 ? `Nothing happens on ${name} in g${gate}. The line may have been unplugged.` : `None of the ${all} pulses on ${name} is accepted: see the widths and their reasons.` });
  }
  if (preview.counts.unfinished > 0) found.push({ id: 'unfinished-pulse', severity: 'note', where, next: [], text: '1 pulse is still high at the end of the file and is not reported, as in CatGT.' });
  return found;
}

/** Bits that change in the gate (before the survey: in the window), and those that are chosen. */
export function bitsToShow(word: number, survey: LineSurvey | undefined, data: LineWindow | undefined, line: Line): number[] {
  const surveyed = survey?.words.find((each) => each.word === word)?.bits.filter((bit) => bit.constant === null).map(({ bit }) => bit);
  const seen = surveyed ?? data?.words.find((each) => each.word === word)?.bits?.filter((bit) => bit.edges_s.length > 0).map(({ bit }) => bit) ?? [];
  const chosen = line.word === word && line.bits ? Array.from({ length: line.bits[1] - line.bits[0] + 1 }, (_, index) => line.bits![0] + index) : [];
  return [...new Set([...seen, ...chosen])].sort((a, b) => a - b);
}

// The lines of a stream as rows of a table: every analog word, and every bit of a digital word that changes.

import type { LineSurvey, PulseTrain, WordSurvey } from '../../../core/service/contract/index.ts';
import { significant } from '../../components/format.ts';

export interface LineRow {
  /** `2`, `3.0`: file column, and bit. */
  readonly line: string;
  /** `XA2`, `DW bit 0`. */
  readonly name: string;
  /** Lowest, highest, median and noise; empty for bits. */
  readonly levels: string;
  readonly pulses: string;
  readonly rate: string;
  readonly width: string;
  readonly duty: string;
  /** What the survey says of it. */
  readonly says: string;
}

export function lineRows({ words, proposals }: LineSurvey): LineRow[] {
  return words.flatMap((word) => (word.kind === 'analog' ? [analogRow(word)] : bitRows(word, proposals)));
}

function analogRow(word: WordSurvey): LineRow {
  const volts = (value: number | null) => (value ?? NaN).toFixed(2);
  const levels = word.min_V === null ? '' : `${volts(word.min_V)} to ${volts(word.max_V)} V, median ${volts(word.median_V)} V, noise ${significant(1000 * (word.noise_V ?? NaN), 2)} mV`;
  return { line: String(word.word), name: word.name, levels, ...figures(word.train), says: word.sync ? `${word.text}; sync: CatGT takes it by itself` : word.text };
}

function bitRows({ word, name, bits, text }: WordSurvey, proposals: LineSurvey['proposals']): LineRow[] {
  const changing = bits.filter(({ constant }) => constant === null);
  const still = bits.length - changing.length;
  const code = proposals.find((proposal) => proposal.word === word && proposal.extractor.startsWith('-bf='));
  return [
    { line: String(word), name: `${name}, ${bits.length} bits`, levels: '', pulses: '', rate: '', width: '', duty: '', says: [text, ...(code ? [code.reason] : []), ...(still > 0 ? [`${still} never change`] : [])].join('; ') },
    ...changing.map((bit) => ({ line: `${word}.${bit.bit}`, name: `${name} bit ${bit.bit}`, levels: '', ...figures(bit), says: bit.sync ? 'sync: CatGT takes it by itself' : '' })),
  ];
}

function figures(train: PulseTrain | null): Pick<LineRow, 'pulses' | 'rate' | 'width' | 'duty'> {
  const unit = (value: number | null | undefined, name: string) => (value === null || value === undefined ? '' : `${significant(value)} ${name}`);
  return { pulses: train ? significant(train.edges, 9) : '', rate: unit(train?.rate_Hz, 'Hz'), width: unit(train?.width_ms, 'ms'), duty: unit(train?.duty_pct, '%') };
}

// One extractor as text, and what is wrong with it whatever the file: LF, bits past the word, a form CatGT does not take.

import { isAftergateError } from '../../common/index.ts';
import { type Extractor, extractorForms, readExtractor } from '../../engines/catgt/index.ts';
import type { ExtractorNotice } from './notice.ts';

export type ExtractorRead = { readonly extractor: Extractor; readonly notice?: undefined } | { readonly extractor?: undefined; readonly notice: ExtractorNotice };

const wordPattern = /^-{0,2}(xa|xia|xd|xid|bf)=([^]*)$/;
const lastBit = 15;

/** `-xa=0,0,2,3,4.5,25`, with or without its dash. */
export function isExtractorWord(word: string): boolean {
  return wordPattern.test(word);
}

export function readExtractorWord(word: string): ExtractorRead {
  const [, kind, text] = wordPattern.exec(word.trim()) ?? [];
  if (kind === undefined) return stop('extractor-text', 'This is no extractor: one begins with -xa=, -xia=, -xd=, -xid= or -bf=.');
  const values = new Map(text.split(/[,:;\s]+/).map((value, index) => [extractorForms[kind as Extractor['kind']][index], Number(value)]));
  if (values.get('js') === 3) {
    const instead = { label: `Use imec${values.get('ip')} AP`, text: word.replace(/=\s*3/, '=2') };
    return stop('lf-extract', 'Events cannot be taken from LF files. The same lines are in the AP file, at 12 times the precision.', instead);
  }
  if (values.get('js') === 2 && kind !== 'xd' && kind !== 'xid') return stop('probe-digital', 'Probe streams carry only digital lines: xd or xid.');
  const bits = bitsBeyond(values);
  if (bits !== undefined) return stop('bit-range', bits);
  try {
    return { extractor: readExtractor(kind as Extractor['kind'], { argument: word.trim(), text }, () => undefined) };
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return stop('extractor-text', `${error.message}.`);
  }
}

function bitsBeyond(values: ReadonlyMap<string, number>): string | undefined {
  const [start, bits] = [values.get('startbit'), values.get('nbits')];
  const isBit = (bit: number) => Number.isInteger(bit) && bit >= 0 && bit <= lastBit;
  if (start !== undefined && bits !== undefined && isBit(start) && start + bits > lastBit + 1) {
    const most = lastBit + 1 - start;
    return `Startbit ${start} with ${bits} bits runs past bit ${lastBit}. At most ${most} ${most === 1 ? 'bit fits' : 'bits fit'}.`;
  }
  const bit = values.get('bit') ?? start;
  return bit !== undefined && !isBit(bit) && !Number.isNaN(bit) ? `Bit ${bit} does not exist: a word has bits 0 to ${lastBit}.` : undefined;
}

function stop(id: string, text: string, instead?: ExtractorNotice['instead']): ExtractorRead {
  return { notice: { id, severity: 'stop', text, ...(instead ? { instead } : {}) } };
}

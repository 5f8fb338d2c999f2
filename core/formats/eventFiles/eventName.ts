// From the string of an extractor to the ending of the file CatGT wrote its times to.

import { formatG, ParameterError } from '../../common/index.ts';

/**
 * Endings a file of this extractor may have, without `.txt`, the likeliest first; `*` stands for any text. Also reads the
 * upper-case forms of old scripts (XD=word,bit,ms; XA=word,..,..,ms; SY=probe,word,bit,ms), whose files are looked for
 * under their old and present names. `parameter` is what the string was given as. Throws ParameterError.
 */
export function eventFileEndings(extractor: string, parameter: string): string[] {
  const [type, ...values] = extractor.replace(/\s+/g, '').replace(/^-/, '').split(/[=,]/);
  const form = forms[type];
  if (!form || values.length < form.needed || values.slice(0, form.needed).some((value) => !isNumber(value))) {
    throw new ParameterError(`${parameter}: '${extractor}' is not an extractor with its numbers`, {
      next: 'Give it as to CatGT, for example xd=0,0,8,1,0 (stream type, index, word, bit, ms).',
    });
  }
  return form.endings(values);
}

interface Form {
  /** How many numbers there must be; more are let pass. */
  readonly needed: number;
  readonly endings: (values: string[]) => string[];
}

const digital = (type: string): Form => ({ needed: 5, endings: ([js, ip, word, bit, ms]) => [`${prefix(js, ip)}${type}_${wordText(word)}_${bit}_${msText(ms)}`] });
const analog = (type: string): Form => ({ needed: 6, endings: ([js, ip, word, , , ms]) => [`${prefix(js, ip)}${type}_${wordText(word)}_${msText(ms)}`] });
const oldDigital = (old: string, type: string): Form => ({ needed: 3, endings: ([word, bit, ms]) => bothNames('0', '0', old, type, `${wordText(word)}_${bit}_${msText(ms)}`) });
const oldAnalog = (old: string, type: string): Form => ({ needed: 4, endings: ([word, , , ms]) => bothNames('0', '0', old, type, `${wordText(word)}_${msText(ms)}`) });
const oldSync = (old: string, type: string): Form => ({ needed: 4, endings: ([probe, word, bit, ms]) => bothNames('2', probe, old, type, `${wordText(word)}_${bit}_${msText(ms)}`) });

const forms: Readonly<Record<string, Form>> = {
  xd: digital('xd'),
  xid: digital('xid'),
  xa: analog('xa'),
  xia: analog('xia'),
  XD: oldDigital('XD', 'xd'),
  iXD: oldDigital('iXD', 'xid'),
  XA: oldAnalog('XA', 'xa'),
  iXA: oldAnalog('iXA', 'xia'),
  SY: oldSync('SY', 'xd'),
  iSY: oldSync('iSY', 'xid'),
};

function bothNames(js: string, ip: string, old: string, type: string, rest: string): string[] {
  return [`${prefix(js, ip)}${type}_${rest}`, js === '0' ? `.nidq.${old}_${rest}` : `.imec${ip}.${old}_${rest}`];
}

/** js: 0 NI, 1 OneBox, 2 probe. */
function prefix(js: string, ip: string): string {
  return js === '0' ? '.nidq.' : js === '1' ? `.obx${ip}.obx.` : `.imec${ip}.ap.`;
}

/** -1 is the last column, whose number only CatGT knew. */
function wordText(word: string): string {
  return Number(word) < 0 ? '*' : word;
}

/** As CatGT writes it: `%g` with p for the decimal point. */
function msText(ms: string): string {
  return formatG(Number(ms)).replace('.', 'p');
}

function isNumber(text: string): boolean {
  return text !== '' && Number.isFinite(Number(text));
}

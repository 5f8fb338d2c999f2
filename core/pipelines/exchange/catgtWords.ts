// Words of a CatGT command line, one by one, to what they mean for a session. The engine's own reader judges every value.

import { isAftergateError } from '../../common/index.ts';
import { parseCatGTArguments, type CatGTOptions } from '../../engines/catgt/index.ts';
import { isExtractorWord, readExtractorWord } from '../extractors/index.ts';
import { shankNumber } from '../../notation/index.ts';
import { asIs, asKey, type Change, isUnderstood, type NotUsed, type SpecPart, type Understood } from './reading.ts';

type Item = Understood | NotUsed;

/** Options that the pipeline gives by itself. */
const given: Readonly<Record<string, string>> = {
  ap: 'the AP band is always processed', prb_fld: 'probe folders are found by themselves', out_prb_fld: 'always so', prb_dir: 'drives are given by npx_directory', ob: 'OneBoxes are given by the runs',
};
const specParts: Readonly<Record<string, SpecPart>> = { run: 'run', g: 'gates', t: 'triggers', prb: 'probes', obx: 'obx' };
const legacyPattern = /^-?(i?)(SY|XD|XA|BF)=([\d.,:;\s-]+)$/;
/** Word and bit by which CatGT finds the sync edges of a probe itself. */
const syncBit = 6;
/** Row spacing of most probes, um. */
const usualPitch = 20;

export const isLegacyExtractor = (word: string) => legacyPattern.test(word);

export function catgtWord(word: string): Item {
  const legacy = legacyPattern.exec(word);
  if (legacy) return legacyExtractor(word, legacy[1] !== '', legacy[2], legacy[3].trim().split(/[\s,:;]+/).map(Number));
  const match = /^-{1,2}([A-Za-z]\w*)(?:=([^]*))?$/.exec(word);
  if (!match) return { token: word, reason: 'This is not an option of CatGT.' };
  const [, name, text] = match;
  const value = text ?? '';
  if (name === 'dest') return asKey(word, 'catGT_dest', value);
  if (name === 'dir') return asKey(word, 'npx_directory', [value]);
  if (name === 'gtlist') return { token: word, reason: 'Gates with different triggers are set in steps 1 and 2.' };
  if (name === 'workers') return { token: word, reason: 'Workers are set where the session is run, not in it.' };
  if (name === 't' && value === 'cat') return { token: word, reason: 'This asks for events of files that are joined already. Here CatGT starts from the recording.' };
  if (name === 'loccar') return ringOfSites(word, value);
  const notice = isExtractorWord(word) ? readExtractorWord(word).notice : undefined;
  if (notice) return { token: word, id: notice.id, reason: notice.text, suggestion: notice.instead };
  const read = readWord(`-${name}${text === undefined ? '' : `=${value}`}`, name);
  if ('reason' in read) return { token: word, ...read };
  if (name in given) return asIs(word, `-${name}`, given[name]);
  if (name in specParts) return { token: word, field: `-${name}`, value, changes: [{ kind: 'spec', part: specParts[name], value: value.replace(/^catgt_/, '') }] };
  if (name === 'gblcar' || name === 'gbldmx') return asKey(word, 'car_mode', name);
  if (name === 'loccar_um' && read.car?.kind === 'loccar_um') return ring(word, read.car.inner, read.car.outer);
  if (name === 'sepShanks') return shanksApart(word, read.shankSplits[0]);
  if (name === 'lf') return asKey(word, 'process_lf', true);
  if (name === 'ni') return asKey(word, 'ni_present', true);
  if (isExtractorWord(word)) return extractor(word, `-${name}=${value}`);
  return { token: word, field: `-${name}`, value: text === undefined ? 'on' : value, changes: [{ kind: 'option', name, value }] };
}

/** Options of `catGT_cmd_string` and its like. */
export function catgtWords(words: readonly string[]): Item[] {
  return words.map(catgtWord);
}

/** An extractor without its dash, as scripts name the one whose times become events.csv. Legacy forms are brought up to date. */
export function modernExtractor(text: string): string {
  const item = text.trim() === '' ? undefined : catgtWord(text.trim().startsWith('-') || isLegacyExtractor(text.trim()) ? text.trim() : `-${text.trim()}`);
  const made = item && isUnderstood(item) ? item.changes.find((change) => change.kind === 'extractor')?.text : undefined;
  return made === undefined ? text.trim() : made.slice(1);
}

function extractor(token: string, text: string): Understood {
  return { token, field: text.split('=')[0], value: text.slice(text.indexOf('=') + 1), changes: [{ kind: 'extractor', text }] };
}

function legacyExtractor(token: string, inverted: boolean, kind: string, numbers: readonly number[]): Item {
  const digital = inverted ? 'xid' : 'xd';
  const counts: Readonly<Record<string, number>> = { SY: 4, XD: 3, XA: 4, BF: 4 };
  if (numbers.length !== counts[kind] || numbers.some((number) => !Number.isFinite(number))) return { token, reason: `${kind} has ${counts[kind]} numbers.` };
  if (kind === 'SY' && numbers[2] === syncBit && !inverted) return asIs(token, 'sync edges', 'found by themselves in every stream');
  const text = kind === 'SY' ? `-${digital}=2,${numbers.join(',')}` : kind === 'XD' ? `-${digital}=0,0,${numbers.join(',')}` : kind === 'XA' ? `-${inverted ? 'xia' : 'xa'}=0,0,${numbers.join(',')}` : `-bf=0,0,${numbers.join(',')}`;
  const read = readWord(text, text.slice(1, text.indexOf('=')));
  return 'reason' in read ? { token, ...read } : extractor(token, text);
}

/** Sessions sort the shanks of a probe apart with the field's numbers. */
function shanksApart(token: string, { ip, indexes }: CatGTOptions['shankSplits'][number]): Item {
  const usual = indexes.map((_, shank) => shankNumber(ip, shank));
  if (indexes.every((index, shank) => index < 0 || index === usual[shank])) return { token, field: `shanks of imec${ip}`, value: 'sorted apart', changes: [{ kind: 'apart', probe: ip, shanks: indexes.length }] };
  return { token, reason: `Sessions number the shanks of imec${ip} from ${usual[0]} to ${usual.at(-1)!}.`, suggestion: { label: 'Use these numbers', text: `-sepShanks=${[ip, ...usual].join(',')}` } };
}

function ring(token: string, inner: number, outer: number): Understood {
  const changes: Change[] = [{ kind: 'key', key: 'car_mode', value: 'loccar' }, { kind: 'key', key: 'loccar_min', value: inner }, { kind: 'key', key: 'loccar_max', value: outer }];
  return { token, field: 'car_mode', value: `loccar ${inner},${outer} um`, changes };
}

function ringOfSites(token: string, value: string): Item {
  const [inner, outer, ...more] = value.split(/[,:;\s]+/).map(Number);
  if (more.length > 0 || !(inner >= 1 && outer > inner)) return { token, reason: 'loccar has an inner and a larger outer radius.' };
  return ring(token, inner * usualPitch, outer * usualPitch);
}

/** The options a word makes beside those that a command must have. */
function readWord(word: string, name: string): CatGTOptions | { readonly reason: string; readonly suggestion?: NotUsed['suggestion'] } {
  const base = ['-dir=/', '-run=r', '-g=0', ...(name === 't' ? [] : ['-t=0']), '-ni', '-ob', '-obx=0', '-ap', '-prb=0'];
  try {
    return parseCatGTArguments([...base, word], '/');
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    const meant = /^Did you mean (-\w+)\?$/.exec(error.next ?? '')?.[1];
    return { reason: `${error.message}.${error.next && !meant ? ` ${error.next}` : ''}`, ...(meant ? { suggestion: { label: `Use ${meant}`, text: word.replace(/^-+\w+/, meant) } } : {}) };
  }
}

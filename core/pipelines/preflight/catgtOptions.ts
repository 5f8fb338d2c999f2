// The CatGT options of a session: each word by itself, so that every wrong one is named, and then the whole of a run's call.

import path from 'node:path';
import { isAftergateError, UsageError } from '../../common/index.ts';
import { type CatGTOptions, parseCatGTArguments } from '../../engines/catgt/index.ts';
import { catgtArguments, catgtHelper } from '../../modules/catGT_helper/index.ts';
import { parseParameters } from '../../modules/index.ts';
import { splitOptions } from '../../notation/index.ts';
import type { Step } from '../../execution/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { type PreflightFinding, type SetupStep, stop } from './finding.ts';

const extractorWord = /^-(xa|xia|xd|xid|bf)=(.*)$/;

/** What is wrong with single words of the session's two texts of options. */
export function wrongOptions(session: MultiRunSession, base: string): PreflightFinding[] {
  const texts: readonly (readonly [string, SetupStep])[] = [[session.ni_obx_extract_string, 'extract'], [session.catGT_cmd_string, 'preprocess']];
  return texts.flatMap(([text, step]) => splitOptions(text).flatMap((word) => wrongWord(word, extractorWord.test(word) ? 'extract' : step, base)));
}

function wrongWord(word: string, step: SetupStep, base: string): PreflightFinding[] {
  if (/^-(ni|ob|ap|lf)$/.test(word)) return []; // they need lists of devices, which the plan gives
  const error = objection(word, base);
  if (!error) return [];
  const [, kind, fields = ''] = extractorWord.exec(word) ?? [];
  const numbers = fields.split(',').map(Number);
  const where = { step, line: word };
  if (kind !== undefined && numbers[0] === 3) {
    const ap = word.replace('=3,', '=2,');
    return [stop('lf-extract', `${word}: events cannot be taken from LF files. The same lines are in the AP file, at 12 times the precision. Use ${ap}.`, where, { next: [{ label: `Use imec${numbers[1]} AP`, step: 'extract' }] })];
  }
  if (kind === 'bf' && numbers[3] + numbers[4] > 16 && numbers[3] <= 15) {
    return [stop('bit-range', `${word}: startbit ${numbers[3]} with ${numbers[4]} bits runs past bit 15. At most ${16 - numbers[3]} fit.`, where, { next: [{ label: 'Go to Extract', step: 'extract' }] })];
  }
  if ((kind === 'xd' || kind === 'xid') && !(numbers[3] >= 0 && numbers[3] <= 15)) {
    return [stop('bit-range', `${word}: a word has bits 0 to 15.`, where, { next: [{ label: 'Go to Extract', step: 'extract' }] })];
  }
  return [stop('catgt-option', `${error.message}.`, where, { advice: error.next })];
}

/** What CatGT objects to when this word is all that is asked. */
function objection(word: string, base: string): UsageError | undefined {
  const files = /^-(gtlist=|t=|g=)/.test(word) ? [] : ['-g=0', '-t=0'];
  try {
    parseCatGTArguments([`-dir=${base}`, '-run=x', '-ni', ...files, word], base);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error;
  }
  return undefined;
}

export interface CatgtCall {
  readonly argv: readonly string[];
  /** With the destination as it will be; undefined when CatGT refuses the call. */
  readonly options?: CatGTOptions;
  /** Why it does. */
  readonly refused?: string;
}

/**
 * The call of a step of catGT_helper; its destination need not be there yet.
 * @param base folder that relative paths start from
 * @param wrong words that are known to be refused, which are read past
 */
export function catgtCall({ input }: Step, base: string, wrong: ReadonlySet<string>): CatgtCall {
  const params = parseParameters(catgtHelper.sections, input, () => undefined);
  const { npx_directory: source = '', extracted_data_directory: dest = '' } = params.directories;
  const argv = catgtArguments(params.catGT_helper_params, source, dest);
  try {
    const options = parseCatGTArguments(argv.filter((word) => !wrong.has(word) && word !== `-dest=${dest}`), base);
    return { argv, options: { ...options, dest: process.platform === 'win32' ? path.resolve(dest).replaceAll('\\', '/') : path.resolve(dest) } };
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    return { argv, refused: error.message };
  }
}

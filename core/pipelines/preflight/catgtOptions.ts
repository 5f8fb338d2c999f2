// The CatGT options of a session: each word by itself, so that every wrong one is named, and then the whole of a run's call.

import path from 'node:path';
import { isAftergateError, UsageError } from '../../common/index.ts';
import { type CatGTOptions, parseCatGTArguments } from '../../engines/catgt/index.ts';
import { catgtArguments, catgtHelper } from '../../modules/catGT_helper/index.ts';
import { parseParameters } from '../../modules/index.ts';
import { splitOptions } from '../../notation/index.ts';
import type { Step } from '../../execution/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { isExtractorWord, readExtractorWord } from '../extractors/index.ts';
import { type PreflightFinding, type SetupStep, stop } from './finding.ts';

/** What is wrong with single words of the session's two texts of options. */
export function wrongOptions(session: MultiRunSession, base: string): PreflightFinding[] {
  const texts: readonly (readonly [OptionsKey, SetupStep])[] = [['ni_obx_extract_string', 'extract'], ['catGT_cmd_string', 'preprocess']];
  return texts.flatMap(([key, step]) => splitOptions(session[key]).flatMap((word) => (isExtractorWord(word) ? wrongExtractor(word, key, session[key]) : wrongWord(word, step, base))));
}

type OptionsKey = 'ni_obx_extract_string' | 'catGT_cmd_string';

function wrongExtractor(word: string, key: OptionsKey, text: string): PreflightFinding[] {
  const { notice } = readExtractorWord(word);
  if (!notice) return [];
  const { id, instead } = notice;
  const next = instead ? { label: instead.label, patch: { [key]: text.replace(word, instead.text) } } : { label: 'Go to Extract', step: 'extract' as const };
  return [stop(id, notice.text, { step: 'extract', line: word }, { next: [next] })];
}

function wrongWord(word: string, step: SetupStep, base: string): PreflightFinding[] {
  if (/^-(ni|ob|ap|lf)$/.test(word)) return []; // they need lists of devices, which the plan gives
  const error = objection(word, base);
  return error ? [stop('catgt-option', `${error.message}.`, { step, line: word }, { advice: error.next })] : [];
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

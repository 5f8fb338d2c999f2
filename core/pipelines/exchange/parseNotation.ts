// Any old settings (a command line, extractors, script lines, a session, an input JSON) to what they mean for a session.

import type { ParameterInput } from '../../modules/index.ts';
import { isObject } from '../../modules/record/index.ts';
import { fileListSchema, multiRunSchema } from '../session/schema.ts';
import { knownSections } from '../session/overrides.ts';
import { modules } from '../../modules/index.ts';
import { catgtWord, isLegacyExtractor } from './catgtWords.ts';
import { compose, type Ground, type Parsed } from './compose.ts';
import { isInputJson, readInputJsonContent } from './inputJson.ts';
import { asIs, asKey, type Reading, together, type Understood, type NotUsed } from './reading.ts';
import { isKnownName, readNamed, readScript } from './scriptNames.ts';
import { programOf, shellCommands, shellWords } from './shellText.ts';
import { cwavesWord, tprimeWord } from './toolWords.ts';

export type NotationKind = 'session' | 'input-json' | 'script' | 'command' | 'nothing';

/** Of a step whose text gives everything it decides: what is not named is off. */
export interface Scope {
  readonly allOptions?: boolean;
  readonly allExtractors?: boolean;
  readonly allShanks?: boolean;
}

/** @param ground the session it is for; without, everything understood makes a new one */
export function parseNotation(text: string, ground?: Ground, scope: Scope = {}): Parsed & { readonly kind: NotationKind } {
  const kind = kindOf(text);
  const reading = read(text, kind);
  return { kind, ...compose({ ...reading, allOptions: reading.allOptions || scope.allOptions, allExtractors: reading.allExtractors || scope.allExtractors, allShanks: scope.allShanks }, ground) };
}

export function kindOf(text: string): NotationKind {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  if (trimmed.startsWith('{')) {
    const content = asJson(trimmed);
    const hasKeys = (keys: object) => content !== undefined && Object.keys(content).some((key) => Object.hasOwn(keys, key));
    if (content) return hasKeys(multiRunSchema.shape) || hasKeys(fileListSchema.shape) || !isInputJson(content) ? 'session' : 'input-json';
  }
  if (shellWords(trimmed).every(isLegacyExtractor)) return 'command';
  const names = [...text.matchAll(/^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)/gm)].map((match) => match[1]).filter((name) => !/ARGS$/.test(name) && name !== 'SRC');
  return names.some(isKnownName) || (names.length > 0 && !/(^|\s)-[A-Za-z]\w*(=|\s|$)/.test(text)) ? 'script' : 'command';
}

function read(text: string, kind: NotationKind): Reading {
  switch (kind) {
    case 'nothing': return { items: [] };
    case 'session': return readSession(asJson(text.trim())!);
    case 'input-json': return readInputJsonContent(asJson(text.trim())!);
    case 'script': return readScript(text);
    case 'command': return together(shellCommands(text).map(readCommand));
  }
}

function readCommand({ program, programToken, words }: ReturnType<typeof shellCommands>[number]): Reading {
  const tool = program ?? programOf(words);
  const word = tool === 'TPrime' ? tprimeWord : tool === 'C_Waves' ? cwavesWord : catgtWord;
  const items: (Understood | NotUsed)[] = words.map(word);
  const whole = tool === 'CatGT' && (program !== undefined || words.some((each) => /^-(dir|run)=/.test(each)));
  return { items: [...(programToken === undefined ? [] : [asIs(programToken, 'program', tool)]), ...items], allOptions: whole, allExtractors: whole, carInOptions: whole };
}

/** Every key is a token. Keys the schema does not know are said by name. */
function readSession(content: ParameterInput): Reading {
  const sections = knownSections(modules);
  const items = Object.entries(content).filter(([, value]) => value !== null).flatMap(([key, value]): (Understood | NotUsed)[] => {
    if (key === 'version') return [asIs(key, key, String(value))];
    if (Object.hasOwn(sections, key)) return [asKey(key, key, value)];
    return ['catGT_cmd_string', 'ni_obx_extract_string', 'kind', 'run_specs'].includes(key) ? [asKey(key, key, value)] : readNamed(key, key, value);
  });
  return { items };
}

function asJson(text: string): ParameterInput | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

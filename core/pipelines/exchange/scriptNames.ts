// Assignments of the field's scripts to what they mean for a session.

import { findModule, modules, type ParameterInput } from '../../modules/index.ts';
import { isObject, nearMiss } from '../../modules/record/index.ts';
import { knownSections } from '../session/overrides.ts';
import { fileListSchema, multiRunSchema } from '../session/schema.ts';
import { moduleParameters, needless, otherNames } from './arguments.ts';
import { catgtWord, catgtWords, modernExtractor } from './catgtWords.ts';
import { type Assignment, parsePython } from './pythonText.ts';
import { asIs, asKey, type NotUsed, type Reading, shown, type Understood } from './reading.ts';
import { shellWords } from './shellText.ts';

type Item = Understood | NotUsed;

const keys = new Set([...Object.keys(multiRunSchema.shape), ...Object.keys(fileListSchema.shape)]);
/** Tables of scripts that serve one version of Kilosort each. */
const thresholdTables: Readonly<Record<string, readonly string[]>> = { ksTh2_dict: ['2.0', '2.5'], ksTh25_dict: ['2.5'], ksTh3_dict: ['3.0'], ksTh4_dict: ['4'] };
const knownNames = () => [...keys, ...Object.keys(moduleParameters), ...Object.keys(otherNames), ...Object.keys(needless), ...Object.keys(thresholdTables), 'catGT_stream_string', 'ksTag_dict'];

export function isKnownName(name: string): boolean {
  return knownNames().includes(name) || Object.hasOwn(knownSections(modules), name);
}

export function readScript(text: string): Reading {
  const { assignments, otherLines } = parsePython(text);
  const version = ['ks_ver'].map((name) => assignments.findLast((each) => each.name === name && each.isPlain)?.value)[0];
  const read = assignments.map((assignment) => ({ assignment, items: readAssignment(assignment, String(version ?? '')) }));
  const told = new Set(read.flatMap(({ items }) => items.flatMap((item) => ('changes' in item ? item.changes.flatMap((change) => ('key' in change ? [change.key] : [])) : []))));
  const settings = read.filter(({ assignment }) => !isProgram(assignment, told));
  const items = [...kindOfScript([...otherLines, ...assignments.map((each) => each.text)]), ...settings.flatMap((each) => each.items)];
  const program = [...otherLines, ...read.flatMap(({ assignment }) => (isProgram(assignment, told) ? [assignment.text] : []))];
  const code: NotUsed[] = program.length === 0 ? [] : [{ token: program.length === 1 ? program[0] : `${program[0]} ... (${program.length} lines)`, reason: 'These lines are program, not settings; nothing of a script is executed.' }];
  const has = (...names: string[]) => assignments.some(({ name, isPlain }) => names.includes(name) && isPlain);
  return { items: [...items, ...code], allOptions: has('catGT_cmd_string'), allExtractors: has('ni_obx_extract_string', 'ni_extract_string') };
}

/**
 * What a script works out for itself: names no session has, in its loops, made by a call or empty to begin with; settings
 * that follow from others, as the tag and the thresholds of a sorter do. A misspelt setting stands at the left margin with a plain value.
 * @param told keys of the session that plain values set
 */
function isProgram({ name, isPlain, value, indented }: Assignment, told: ReadonlySet<string>): boolean {
  if (!isKnownName(name)) return indented || !isPlain || value === '' || (Array.isArray(value) && value.length === 0);
  if (Object.hasOwn(needless, name)) return indented || !isPlain;
  return !isPlain && (indented || told.has(otherNames[name] ?? name));
}

/** What only one of the field's scripts does tells which of them it is; the others are told by their values. */
const marks: readonly (readonly [RegExp, MultiRunKind])[] = [[/CreateSepShanksString|-sepShanks=/, 'split-shanks'], [/['"]supercat/, 'super-run']];

type MultiRunKind = (typeof multiRunSchema.shape.kind.options)[number];

function kindOfScript(lines: readonly string[]): Understood[] {
  return marks.flatMap(([mark, kind]) => {
    const line = lines.find((each) => mark.test(each));
    return line === undefined ? [] : [asKey(line, 'kind', kind)];
  }).slice(0, 1);
}

function readAssignment({ name, text, value, isPlain, indented }: Assignment, version: string): Item[] {
  const known = isKnownName(name);
  if (!isPlain) return [{ token: text, reason: known ? 'This is not a plain value; nothing of a script is executed.' : `A session has no ${name}, and this is not a plain value.` }];
  if (indented && known) return [{ token: text, reason: 'This stands in a call or under a condition of the script, so it is not taken by itself.', suggestion: { label: 'Use it', text: text.trim() } }];
  return readNamed(text, name, value, version);
}

/** @param version ks_ver, for tables that depend on it */
export function readNamed(token: string, name: string, value: unknown, version = ''): Item[] {
  const key = otherNames[name] ?? name;
  if (Object.hasOwn(needless, name)) return [{ token, reason: needless[name] }];
  if (Object.hasOwn(moduleParameters, name)) {
    const { section, key: parameter } = moduleParameters[name];
    return [{ token, field: `${section}.${parameter}`, value: shown(value), changes: [{ kind: 'section', section, key: parameter, value }] }];
  }
  if (Object.hasOwn(thresholdTables, name)) {
    return [thresholdTables[name].includes(version) ? asKey(token, 'ksTh_dict', value) : { token, reason: version === '' ? 'Which Kilosort is used is not said here (ks_ver).' : `This table is for another Kilosort than ${version}.` }];
  }
  switch (key) {
    case 'catGT_cmd_string': return tokens(token, value, (text) => catgtWords(shellWords(text)));
    case 'catGT_stream_string': return tokens(token, value, (text) => catgtWords(shellWords(text)));
    case 'ni_obx_extract_string': return tokens(token, value, (text) => shellWords(text).map(catgtWord));
    case 'event_ex_param_str': return [asKey(token, key, modernExtractor(String(value)))];
    case 'ksTag_dict': return [isObject(value) && typeof value[version] === 'string' ? asKey(token, 'ks_output_tag', value[version]) : { token, reason: 'Which Kilosort is used is not said here (ks_ver).' }];
    case 'run_specs': return [asKey(token, key, runSpecs(value))];
    case 'npx_directory': return [asKey(token, key, Array.isArray(value) ? value : [value])];
    case 'modules': return moduleNames(token, value);
    case 'car_mode': return [asKey(token, key, value === 'loccar_um' ? 'loccar' : value)];
    default: break;
  }
  if (Object.hasOwn(knownSections(modules), name) && isObject(value)) return [asKey(token, name, value)];
  if (!keys.has(key)) return [unknown(token, name, value)];
  const schema = (multiRunSchema.shape as ParameterInput)[key] ?? (fileListSchema.shape as ParameterInput)[key];
  const read = (schema as typeof multiRunSchema.shape.logName).safeParse(value);
  return [read.success ? asKey(token, key, read.data) : { token, reason: `${key}: ${read.error.issues[0].message}.` }];
}

function unknown(token: string, name: string, value: unknown): NotUsed {
  const meant = nearMiss(name, knownNames());
  return { token, reason: `A session has no ${name}.`, ...(meant ? { suggestion: { label: `Use it as ${meant}`, text: `${meant} = ${JSON.stringify(value)}` } } : {}) };
}

/** A string of options; each is a token of its own. */
function tokens(token: string, value: unknown, read: (text: string) => Item[]): Item[] {
  if (typeof value !== 'string') return [{ token, reason: 'This must be a text of options.' }];
  return value.trim() === '' ? [asIs(token, token.split(/\s*=/)[0], 'nothing')] : read(value);
}

/** Older scripts have no OneBoxes: name, gates, triggers, probes, regions. */
function runSpecs(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list = value.length > 0 && typeof value[0] === 'string' ? [value as unknown[]] : (value as unknown[]);
  return list.map((spec) => (Array.isArray(spec) && spec.length === 5 && Array.isArray(spec[4]) ? [...(spec as unknown[]).slice(0, 4), '', spec[4] as unknown] : spec));
}

/** CatGT and TPrime are not listed here; modules that are gone are left out with their reason. */
function moduleNames(token: string, value: unknown): Item[] {
  if (!Array.isArray(value)) return [asKey(token, 'modules', value)];
  const gone = value.flatMap((name): NotUsed[] => {
    try {
      findModule(String(name));
      return [];
    } catch (error) {
      return [{ token: String(name), reason: `${(error as Error).message}.` }];
    }
  });
  const kept = value.filter((name) => name !== 'catGT_helper' && name !== 'tPrime_helper' && !gone.some((each) => each.token === name));
  return [asKey(token, 'modules', kept), ...gone];
}

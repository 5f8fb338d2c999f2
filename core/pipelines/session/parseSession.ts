// Reading a session: every key known, every value of its type, paths those of this computer. What is wrong is named in one
// line.

import type { z } from 'zod';
import { ParameterError } from '../../common/index.ts';
import { catgtValues } from '../../notation/index.ts';
import type { Module, ParameterInput } from '../../modules/index.ts';
import { isObject, nearMiss } from '../../modules/record/index.ts';
import { checkOverrides, knownSections } from './overrides.ts';
import { type PathRules, resolvePath } from './pathMap.ts';
import { isSortedApart, parsePartSpecs, parseRunSpecs, type RunSpec } from './runSpecs.ts';
import { fileListSchema, multiRunSchema } from './schema.ts';

/** The sections of modules that the session holds. */
interface WithOverrides {
  readonly overrides: Readonly<Record<string, unknown>>;
}

type MultiRunKeys = z.output<typeof multiRunSchema>;
type FileListKeys = z.output<typeof fileListSchema>;

/** Paths are absolute. */
export interface MultiRunSession extends Omit<MultiRunKeys, 'kind' | 'run_specs' | 'json_directory'>, WithOverrides {
  /**
   * super-run: the runs are processed and then joined, in their order, or were joined before (run_CatGT false).
   * split-shanks: every shank is sorted by itself.
   */
  readonly kind: 'multi-run' | 'super-run' | 'split-shanks';
  readonly run_specs: readonly RunSpec[];
  readonly json_directory: string;
}

export interface ListedFile {
  /** `file_list[0]`, for messages. */
  readonly name: string;
  readonly bin: string;
  readonly region: string;
}

export interface FileListSession extends Omit<FileListKeys, 'file_list' | 'json_directory'>, WithOverrides {
  readonly file_list: readonly ListedFile[];
  readonly json_directory: string;
}

export type Session = MultiRunSession | FileListSession;

/** What every kind of session says of sorting. */
export type SortingSettings = Omit<z.output<typeof fileListSchema>, 'kind' | 'file_list' | 'kilosort_output_parent'> & WithOverrides;

/** @param base folder that relative paths start from, that of the session file. Throws ParameterError. */
export function parseSession(content: ParameterInput, base: string, modules: readonly Module[]): Session {
  if (typeof content.version === 'number' && content.version > 1) throw new ParameterError(`version: made by a newer Aftergate (schema ${content.version}, this one reads 1). It can be looked at, not run`, { next: 'Run it with the version it was made with, or export it there again.' });
  if (content.version !== 1) throw new ParameterError(`version: ${content.version === undefined ? 'is required' : `${JSON.stringify(content.version)} is not known`}`, { next: 'Sessions of this program have "version": 1.' });
  const sections = knownSections(modules);
  const keys = Object.fromEntries(Object.entries(content).filter(([key]) => !Object.hasOwn(sections, key)));
  const inSections = Object.fromEntries(Object.entries(content).filter(([key]) => Object.hasOwn(sections, key)));
  const parsed = parseKeys(keys, Object.keys(sections));
  refuseExternal(parsed.engines);
  const rules: PathRules = { base, map: parsed.path_map };
  const overrides = checkOverrides(inSections, sections, rules.map);
  return parsed.kind === 'file-list' ? fileList(parsed, overrides, rules) : multiRun(parsed, overrides, rules);
}

function parseKeys(keys: ParameterInput, sections: readonly string[]): MultiRunKeys | FileListKeys {
  const kinds = [...multiRunSchema.shape.kind.options, fileListSchema.shape.kind.value];
  if (!kinds.some((kind) => kind === keys.kind)) throw new ParameterError(`kind: must be one of ${kinds.join(', ')}`);
  const schema = keys.kind === 'file-list' ? fileListSchema : multiRunSchema;
  const present = Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.path, issue.keys, [...Object.keys(schema.shape), ...sections]) : `${pathText(issue.path)}: ${issue.message}`));
  throw new ParameterError(lines.join('; '), { next: 'Correct it in the session file.' });
}

function unknownKeys(path: readonly PropertyKey[], keys: readonly string[], known: readonly string[]): string {
  return keys.map((key) => {
    const meant = path.length === 0 ? nearMiss(key, known) : undefined;
    return `${pathText([...path, key])}: a session has no such key${meant ? `; did you mean ${meant}?` : ''}`;
  }).join('; ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');
}

function refuseExternal(engines: MultiRunKeys['engines']): void {
  for (const [name, what] of Object.entries(engines)) {
    if (what === 'external') throw new ParameterError(`engines.${name}: external programs are not available in this version`, { next: 'Leave it out or say "embedded".' });
  }
}

function multiRun(keys: MultiRunKeys & Pick<MultiRunSession, 'kind'>, overrides: Readonly<Record<string, unknown>>, rules: PathRules): MultiRunSession {
  const run_specs = keys.kind === 'super-run' && keys.run_CatGT ? parsePartSpecs(keys.run_specs) : parseRunSpecs(keys.run_specs);
  checkSplitting(keys, run_specs);
  const catGT_dest = resolvePath(keys.catGT_dest, 'catGT_dest', rules);
  return {
    ...keys,
    npx_directory: [...new Set(keys.npx_directory.map((folder) => resolvePath(folder, 'npx_directory', rules)))],
    catGT_dest,
    json_directory: resolvePath(keys.json_directory ?? 'json', 'json_directory', keys.json_directory === undefined ? { base: catGT_dest, map: [] } : rules),
    run_specs,
    overrides,
  };
}

/** What splits probes is said once: by the kind of session or the regions of a probe, or in CatGT's options. */
function checkSplitting({ kind, run_CatGT, catGT_cmd_string }: Pick<MultiRunSession, 'kind' | 'run_CatGT' | 'catGT_cmd_string'>, specs: readonly RunSpec[]): void {
  const told = catgtValues(catGT_cmd_string, 'sepShanks');
  const next = 'Leave it out: the numbers of the shanks follow from the probes.';
  if (kind === 'split-shanks' && told.length > 0) throw new ParameterError('catGT_cmd_string: -sepShanks is given by the kind split-shanks', { next });
  for (const spec of specs) {
    const apart = spec.probes.filter((probe) => isSortedApart(spec, probe));
    if (kind === 'super-run' && run_CatGT && apart.length > 0) throw new ParameterError(`${spec.name}: regions: a super-run sorts its probes whole, so imec${apart[0]} has one region`, { next: 'Give it one region, or process the runs by themselves.' });
    const twice = apart.find((probe) => told.some((text) => Number(text.split(',')[0]) === probe));
    if (twice !== undefined) throw new ParameterError(`catGT_cmd_string: -sepShanks of imec${twice} is given by its regions, one per shank`, { next });
  }
}

function fileList(keys: FileListKeys, overrides: Readonly<Record<string, unknown>>, rules: PathRules): FileListSession {
  const parent = keys.kilosort_output_parent === undefined ? undefined : resolvePath(keys.kilosort_output_parent, 'kilosort_output_parent', rules);
  const jsonBase = keys.json_directory ?? parent;
  if (jsonBase === undefined) throw new ParameterError('json_directory: is required when there is no kilosort_output_parent');
  return {
    ...keys,
    kilosort_output_parent: parent,
    json_directory: keys.json_directory === undefined ? resolvePath('json', 'json_directory', { base: jsonBase, map: [] }) : resolvePath(jsonBase, 'json_directory', rules),
    file_list: keys.file_list.map((entry, index) => listedFile(entry, `file_list[${index}]`, rules)),
    overrides,
  };
}

/** A path, or [path, [region]] as in the field's script, or {file, region}. */
function listedFile(entry: unknown, name: string, rules: PathRules): ListedFile {
  const [bin, regions] = Array.isArray(entry) ? (entry as unknown[]) : isObject(entry) ? [entry.file, entry.region] : [entry, undefined];
  const region = Array.isArray(regions) ? (regions as unknown[])[0] : regions;
  if (typeof bin !== 'string' || (region !== undefined && typeof region !== 'string')) throw new ParameterError(`${name}: must be a file or [file, [region]]`);
  return { name, bin: resolvePath(bin, name, rules), region: region ?? 'default' };
}

// A session from a file or a text: a session file, a zip of an export, an input JSON of a module, a script. It becomes a
// draft; its runs are found again by name, and where they lie elsewhere now, that is offered.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError, isThere, UsageError } from '../../common/index.ts';
import { parseInputJson, readInputJson } from '../../modules/index.ts';
import { afterSorting, fileListSchema, multiRunSchema, sorterOf } from '../../pipelines/index.ts';
import { effectiveSession, kindOf, parseNotation } from '../../pipelines/exchange/index.ts';
import { type exchangeRequests, type Handlers, largestZip_B, type PathOffer, type RunSummary, type SessionContent, type UnusedToken } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { toDraft } from '../session/index.ts';
import { sessionInZip, tooLarge } from './sessionZip.ts';

export function importHandlers({ access, drafts, profile, runs }: AreaContext): Pick<Handlers<typeof exchangeRequests>, 'session.import'> {
  return {
    async 'session.import'({ path: file, text, zip, name }) {
      if ([file, text, zip].filter((given) => given !== undefined).length !== 1) throw new UsageError('session.import: give a path, a text or a zip');
      const source = file !== undefined ? await sourceAt(await access.choose(file)) : zip !== undefined ? zipSource(Buffer.from(zip, 'base64'), `${name ?? 'session'}.zip`) : { text: text!, name: 'text' };
      const { session, unused } = sessionFrom(source);
      const known = runs.list();
      const draft = await drafts.create({
        name: name ?? (file === undefined ? nameOf(session) : path.basename(file).replace(/((-input)?\.json|\.zip|\.py)$/i, '')),
        runs: runNames(session).map((run) => ({ runId: match(run, session, known)?.runId ?? `unknown:${run}`, name: run })),
        session,
        notes: unused.length > 0 ? { unused: unused.map(({ token }) => token) } : {},
      });
      return { draft: toDraft(draft, profile.folder), offers: await offersFor(session, known), unused };
    },
  };
}

/** Where a session was read. */
interface Source {
  readonly text: string;
  /** For errors. */
  readonly name: string;
  /** Its relative paths start here; unknown for what was pasted or dropped. */
  readonly folder?: string;
}

async function sourceAt(file: string): Promise<Source> {
  const folder = path.dirname(file);
  const fail = (error: unknown) => {
    throw inputFileError(file, error);
  };
  if (/\.py$/i.test(file)) return { text: await fs.readFile(file, 'utf8').catch(fail), name: file, folder };
  if (!/\.zip$/i.test(file)) return { text: JSON.stringify(await readInputJson(file)), name: file, folder };
  const { size } = await fs.stat(file).catch(fail);
  if (size > largestZip_B) throw tooLarge(file);
  return zipSource(await fs.readFile(file).catch(fail), file, folder);
}

/** As if it had been unpacked where it lies. */
function zipSource(bytes: Uint8Array, name: string, place?: string): Source {
  const { text, folder } = sessionInZip(bytes, name);
  return { text, name: `${name}/${folder}session.json`, ...(place === undefined ? {} : { folder: path.join(place, folder) }) };
}

interface Read {
  readonly session: SessionContent;
  readonly unused: readonly UnusedToken[];
}

function sessionFrom({ text, name, folder }: Source): Read {
  const kind = kindOf(text);
  if (kind === 'nothing') throw new InputFileError(name, 'there is nothing in it');
  if (kind === 'session') {
    const content = withFullPaths(parseInputJson(Buffer.from(text), name), folder);
    if ('aftergate_preset' in content) throw new InputFileError(name, 'is a preset, not a session', { next: 'Bring it in with Import preset in Settings, Presets; then apply it in a session.' });
    return { session: content.version === undefined ? complete(content, folder) : content, unused: [] };
  }
  const { session, unused, used, changed } = parseNotation(text);
  if (used.length + changed.length === 0) throw new InputFileError(name, 'holds no settings that a session has', { next: 'A session, an input JSON of a module, a CatGT command or lines of a script are understood.' });
  return { session: complete(session, folder), unused };
}

/** Settings alone make a session when its kind is said and, for files, where its JSON goes. */
function complete(session: SessionContent, folder: string | undefined): SessionContent {
  const isList = session.file_list !== undefined && session.run_specs === undefined;
  const other = Object.keys(isList ? multiRunSchema.shape : fileListSchema.shape).filter((key) => !(key in (isList ? fileListSchema.shape : multiRunSchema.shape)));
  const kept = Object.fromEntries(Object.entries(session).filter(([key]) => !other.includes(key)));
  const version = String(kept.ks_ver ?? 'ag');
  return {
    version: 1,
    kind: isList ? 'file-list' : 'multi-run',
    // An alignment alone asks for no module.
    modules: kept.run_CatGT === false ? [] : [sorterOf[version] ?? 'spike_sorter', ...afterSorting],
    ...kept,
    ...(isList && folder !== undefined && kept.json_directory === undefined ? { json_directory: path.basename(folder) === 'json' ? folder : path.join(folder, 'json') } : {}),
  };
}

const folders = ['catGT_dest', 'json_directory', 'kilosort_output_parent'];
const isFull = (text: string) => path.isAbsolute(text) || /^([A-Za-z]:[\\/]|\\\\)/.test(text);

/** Paths of a session file start at the file; a draft has no place of its own. */
function withFullPaths(session: SessionContent, folder: string | undefined): SessionContent {
  if (folder === undefined) return session;
  const full = (value: unknown) => (typeof value === 'string' && !isFull(value) ? path.resolve(folder, value) : value);
  const each = (value: unknown) => (Array.isArray(value) ? value.map(full) : full(value));
  const listed = (value: unknown) => (Array.isArray(value) ? [full(value[0]), ...(value as unknown[]).slice(1)] : full(value));
  const dest = typeof session.catGT_dest === 'string' ? full(session.catGT_dest) : undefined;
  return {
    ...session,
    ...Object.fromEntries(folders.filter((key) => session[key] !== undefined && !(key === 'json_directory' && dest === undefined && session.kind !== 'file-list')).map((key) => [key, full(session[key])])),
    ...(session.npx_directory === undefined ? {} : { npx_directory: each(session.npx_directory) }),
    ...(Array.isArray(session.file_list) ? { file_list: session.file_list.map(listed) } : {}),
  };
}

function specs(session: SessionContent): unknown[][] {
  return Array.isArray(session.run_specs) ? session.run_specs.filter((spec): spec is unknown[] => Array.isArray(spec)) : [];
}

function runNames(session: SessionContent): string[] {
  return [...new Set(specs(session).map(([name]) => String(name)))];
}

function nameOf(session: SessionContent): string {
  const names = runNames(session);
  return names.length === 0 ? 'Pasted settings' : names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;
}

function directories(session: SessionContent): string[] {
  const list = effectiveSession(session).npx_directory;
  return Array.isArray(list) ? list.filter((folder): folder is string => typeof folder === 'string') : [];
}

/** The run of this name, preferably where the session says it is. */
function match(name: string, session: SessionContent, known: readonly RunSummary[]): RunSummary | undefined {
  const same = known.filter((run) => run.name === name);
  return same.find((run) => run.folders.some((folder) => directories(session).includes(folder))) ?? same[0];
}

/** For each folder that is not on this computer: where its runs are now. */
async function offersFor(session: SessionContent, known: readonly RunSummary[]): Promise<PathOffer[]> {
  const there = await Promise.all(directories(session).map((folder) => path.isAbsolute(folder) && isThere(folder)));
  const missing = directories(session).filter((_, index) => !there[index]);
  const places = new Map<string, string[]>();
  for (const name of runNames(session)) {
    const run = match(name, session, known);
    if (run) places.set(run.folders[0], [...(places.get(run.folders[0]) ?? []), name]);
  }
  return missing.flatMap((from) => [...places].map(([to, runs]) => ({
    from, to, runs, text: `This session was made on ${from}. ${runs.length === 1 ? `The run ${runs[0]} is` : `The same ${runs.length} runs are`} under ${to}.`,
  })));
}

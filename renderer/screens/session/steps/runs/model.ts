// The runs of a session as they stand in it: entries of run_specs in order, the folders they lie in, and the draft's list of
// runs beside them.

import { type Draft, type GateRange, rangesOf, type RunDetails, type RunSummary } from '../../../../../core/service/contract/index.ts';
import type { DraftChange } from '../../useDraft.ts';
import { catgtText, groupsOf, streamsOf } from '../gates/model.ts';
import { readUse, runOf, type SpecEntry, specsOf } from '../probes/specs.ts';

/** What a run begins with: all gates joined, all triggers, all probes and OneBoxes. */
export function specOf(run: RunSummary): SpecEntry {
  const gates = run.gates.map(({ gate }) => gate);
  const range = gates.length > 1 ? `${gates[0]},${gates.at(-1)!}` : `${gates[0] ?? 0}`;
  return [run.name, range, 'start,end', run.probes.map(({ index }) => index).join(','), run.obx.join(','), run.probes.map(() => 'default')];
}

/** Runs that are in no entry yet go to the end. */
export function withRuns(draft: Draft, runs: readonly RunSummary[], known: readonly RunSummary[]): DraftChange {
  const fresh = runs.filter((run) => !draft.runs.some(({ runId }) => runId === run.runId));
  return changed([...specsOf(draft.session), ...fresh.map(specOf)], [...draft.runs, ...fresh.map(({ runId, name }) => ({ runId, name }))], known);
}

export function withoutEntry(draft: Draft, index: number, known: readonly RunSummary[]): DraftChange {
  const entries = specsOf(draft.session);
  const rest = entries.filter((_, at) => at !== index);
  const isUsed = (name: string) => rest.some((entry) => String(entry[0]).toLowerCase() === name.toLowerCase());
  return changed(rest, draft.runs.filter(({ name }) => isUsed(name)), known);
}

/** Moves an entry by one place. */
export function withMoved(draft: Draft, index: number, by: -1 | 1, known: readonly RunSummary[]): DraftChange {
  const entries = [...specsOf(draft.session)];
  const [entry] = entries.splice(index, 1);
  entries.splice(index + by, 0, entry);
  const place = (name: string) => entries.findIndex((each) => String(each[0]).toLowerCase() === name.toLowerCase());
  return changed(entries, [...draft.runs].sort((a, b) => place(a.name) - place(b.name)), known);
}

function changed(entries: readonly SpecEntry[], runs: Draft['runs'], known: readonly RunSummary[]): DraftChange {
  const found = entries.map((entry) => runOf(entry, [...runs.flatMap(({ runId }) => known.find((run) => run.runId === runId) ?? []), ...known]));
  // Folders are only rewritten when all runs are known: otherwise they may be needed.
  const folders = found.every((run) => run !== undefined) ? { npx_directory: [...new Set(found.flatMap((run) => run!.folders))] } : {};
  return { session: { run_specs: entries, ...folders }, runs: [...runs] };
}

/** The kinds that can be chosen. */
export type SessionKind = 'multi-run' | 'file-list' | 'super-run' | 'split-shanks';

/** Keys that only one kind of session has: they rest in the notes while the other kind is chosen. */
const multiRunKeys = [
  'npx_directory', 'run_specs', 'catGT_dest', 'run_CatGT', 'keep_catgt_ap', 'process_lf', 'ni_present', 'obx_present', 'ni_obx_extract_string', 'catGT_cmd_string', 'car_mode', 'loccar_min', 'loccar_max',
  'runTPrime', 'sync_period', 'toStream_sync_params', 'create_aux_timepoints', 'event_ex_param_str',
];
const fileListKeys = ['file_list', 'kilosort_output_parent'];
const beginnings: Readonly<Record<SessionKind, Readonly<Record<string, unknown>>>> = {
  'multi-run': { npx_directory: [], run_specs: [] }, 'super-run': { npx_directory: [], run_specs: [] }, 'split-shanks': { npx_directory: [], run_specs: [] }, 'file-list': { file_list: [] },
};

/** All kinds but lists of files have the same keys. */
export function withKind(draft: Draft, kind: SessionKind): DraftChange {
  if (kind !== 'file-list' && draft.session['kind'] !== 'file-list') return { session: { kind } };
  const leaving = kind === 'file-list' ? multiRunKeys : fileListKeys;
  const resting = Object.fromEntries(leaving.filter((key) => key in draft.session).map((key) => [key, draft.session[key]]));
  const kept = (draft.notes['otherKind'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    session: { ...Object.fromEntries(leaving.map((key) => [key, null])), ...beginnings[kind], ...kept, kind },
    notes: { otherKind: resting },
  };
}

/** One entry of file_list: a path, [path, [region]] or {file, region}. */
export function fileOf(entry: unknown): string {
  if (Array.isArray(entry)) return String((entry as unknown[])[0]);
  if (typeof entry === 'object' && entry !== null && 'file' in entry) return String((entry as { file: unknown }).file);
  return String(entry);
}

/** The gates and triggers of an entry as CatGT options. */
export function gatesText(entry: SpecEntry, run: RunSummary): string {
  const groups = groupsOf(entry);
  return 'value' in groups ? catgtText(groups.value, run) : '';
}

/** A run with the probes and devices that the session takes of it. */
export function inSession(run: RunSummary, entry: SpecEntry, draft: Draft): RunSummary {
  const { probes } = readUse(entry);
  const streams = streamsOf(entry, run, draft);
  return { ...run, probes: run.probes.filter(({ index }) => probes.some(({ probe }) => probe === index)), ni: run.ni && streams.includes('nidq'), obx: run.obx.filter((index) => streams.includes(`obx${index}`)) };
}

export interface TakenPart {
  readonly seconds: number;
  readonly bytes_B: number;
  readonly gates: RunSummary['gates'];
}

/** What an entry takes of its run: recorded time and size of the files of its gates and triggers. undefined when the entry cannot be read. */
export function takenPart({ summary, files }: RunDetails, entry: SpecEntry): TakenPart | undefined {
  const groups = groupsOf(entry);
  if (!('value' in groups)) return undefined;
  const ranges = rangesOf(groups.value, summary).flat();
  const isTaken = (gate: number, trigger: number) => ranges.some((range: GateRange) => range.gate === gate && range.first <= trigger && trigger <= range.last);
  const gates = summary.gates.map(({ gate, triggers }) => ({ gate, triggers: triggers.filter((trigger) => isTaken(gate, trigger)) })).filter(({ triggers }) => triggers.length > 0);
  const taken = files.filter(({ gate, trigger }) => isTaken(gate, trigger));
  const longest = gates.flatMap(({ gate, triggers }) => triggers.map((trigger) => Math.max(0, ...taken.filter((file) => file.gate === gate && file.trigger === trigger).map(({ seconds }) => seconds))));
  return { seconds: longest.reduce((sum, each) => sum + each, 0), bytes_B: taken.reduce((sum, file) => sum + file.bytes_B, 0), gates };
}

// Reads a session that may be half set up: what is wrong becomes findings, and the rest is read as if it were not there,
// so that one mistake does not hide the others.

import path from 'node:path';
import type { Module, ParameterInput } from '../../modules/index.ts';
import { parseSession, type Session } from '../session/parseSession.ts';
import { linesOf, type PreflightFinding, type SetupStep, stop } from './finding.ts';

export interface ReadSession {
  /** undefined when too much is missing. */
  readonly session?: Session;
  readonly findings: readonly PreflightFinding[];
  /** False: the folder for results in `session` stands for one that was not chosen yet. */
  readonly hasDestination: boolean;
}

/** Mistakes that are read past, one after the other. */
const patience = 30;

export function readSession(content: ParameterInput, base: string, modules: readonly Module[]): ReadSession {
  const findings: PreflightFinding[] = [];
  const refused = refusedEngines(content, findings);
  const hasDestination = content.kind === 'file-list' || (typeof content.catGT_dest === 'string' && content.catGT_dest.trim() !== '');
  if (!hasDestination) findings.push(stop('dest-missing', 'There is no folder for the results yet.', { step: 'dest' }, { next: [{ label: 'Choose a folder', step: 'dest' }] }));
  let trial: ParameterInput = hasDestination ? refused : { ...refused, catGT_dest: path.join(base, 'results') };
  const kept = Array.isArray(content.run_specs) ? content.run_specs.map((_, index) => index) : [];
  for (let round = 0; round < patience; round++) {
    try {
      return { session: withPlaces(parseSession(trial, base, modules), kept), findings, hasDestination };
    } catch (error) {
      const { lines, next } = linesOf(error);
      findings.push(...lines.map((line) => sessionFinding(line.replace(/^run_specs\[(\d+)\]/, (_, index: string) => `run_specs[${kept[Number(index)]}]`), next)));
      const repaired = withoutMistakes(trial, lines, kept);
      if (!repaired) return { findings, hasDestination };
      trial = repaired;
    }
  }
  return { findings, hasDestination };
}

/** Entries are called by their place in the session as it stands, though others were read past. */
function withPlaces(session: Session, kept: readonly number[]): Session {
  if (session.kind === 'file-list') return session;
  return { ...session, run_specs: session.run_specs.map((spec) => ({ ...spec, name: spec.name.replace(/\d+/, (index) => String(kept[Number(index)])) })) };
}

/** A line of an error as a finding, at the step that decides its key. */
export function sessionFinding(line: string, advice: string | undefined): PreflightFinding {
  const key = /^[\w.]+/.exec(line)?.[0] ?? '';
  return stop('session-value', `${line}${/[.!?]$/.test(line) ? '' : '.'}`, { step: stepOfKey(key, line) }, { advice });
}

const steps: readonly (readonly [RegExp, SetupStep])[] = [
  [/^(npx_directory|kind|version|file_list)/, 'runs'],
  [/^run_specs\S* (gates|triggers)/, 'gates'],
  [/^run_specs\S* (probes|obx|regions)/, 'probes'],
  [/^run_specs/, 'runs'],
  [/^(catGT_dest|json_directory|ks_output_tag|logName|kilosort_output_parent)/, 'dest'],
  [/^ni_obx_extract_string/, 'extract'],
  [/^keep_catgt_ap/, 'dest'],
  [/^(run_CatGT|process_lf|ni_present|obx_present|catGT_|car_mode|loccar)/, 'preprocess'],
  [/^(ks|refPerMS|spike_sorter|kilosort_helper|ks4_helper|engines)/, 'sort'],
  [/^(runTPrime|sync_period|toStream|create_aux|event_ex|tPrime)/, 'sync'],
];

/** The step of the wizard that decides a key of the session. @param line more of it: `run_specs[0] gates` */
export function stepOfKey(key: string, line = key): SetupStep {
  return steps.find(([pattern]) => pattern.test(line) || pattern.test(key))?.[1] ?? 'modules';
}

/** The content without the keys and runs that the lines complain of; undefined when that leaves nothing to look at. */
function withoutMistakes(content: ParameterInput, lines: readonly string[], kept: number[]): ParameterInput | undefined {
  const repaired: Record<string, unknown> = { ...content };
  const wrongRuns = new Set<number>();
  for (const line of lines) {
    const [, key, index] = /^(\w+)(?:\[(\d+)\])?/.exec(line) ?? [];
    if (key === 'run_specs' && index !== undefined) wrongRuns.add(Number(index));
    else if (key === 'version') repaired.version = 1;
    else if (key !== undefined && Object.hasOwn(repaired, key) && key !== 'kind' && key !== 'run_specs' && key !== 'npx_directory') delete repaired[key];
    else return undefined;
  }
  if (wrongRuns.size > 0) {
    const runs = (content.run_specs as unknown[]).filter((_, index) => !wrongRuns.has(index));
    kept.splice(0, kept.length, ...kept.filter((_, index) => !wrongRuns.has(index)));
    if (runs.length === 0) return undefined;
    repaired.run_specs = runs;
  }
  return repaired;
}

const programs: Readonly<Record<string, string>> = { catgt: 'CatGT', tprime: 'TPrime', cwaves: 'C_Waves', sorter: 'sorting' };

/** External programs are refused one by one; each can be put back to the one built in. */
function refusedEngines(content: ParameterInput, findings: PreflightFinding[]): ParameterInput {
  const { engines } = content;
  if (typeof engines !== 'object' || engines === null) return content;
  const external = Object.entries(engines).filter(([name, value]) => value === 'external' && Object.hasOwn(programs, name)).map(([name]) => name);
  if (external.length === 0) return content;
  const embedded = Object.fromEntries(Object.entries(engines).filter(([name]) => !external.includes(name)));
  const next = [{ label: 'Use embedded', patch: { engines: embedded } }];
  const folders = [content.npx_directory, content.catGT_dest].flat().filter((folder): folder is string => typeof folder === 'string');
  for (const name of external) {
    const spaced = folders.find((folder) => folder.includes(' '));
    const what = programs[name];
    findings.push(spaced !== undefined && name !== 'sorter'
      ? stop('path-spaces', `The native ${what} cannot take the space in "${spaced}". The embedded ${what} can.`, { step: 'dest' }, { next })
      : stop('tool-missing', `External programs are not available in this version, and ${what} is asked for as one.`, { step: name === 'sorter' ? 'sort' : 'preprocess' }, { next }));
  }
  return { ...content, engines: embedded };
}

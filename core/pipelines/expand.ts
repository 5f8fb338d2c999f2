// From a session to its plan. Mistakes in the session are errors, and nothing starts; what is wrong with single runs and
// probes on the disk is listed, and all else is planned.

import type { Plan, Step } from '../execution/index.ts';
import { ParameterError } from '../common/index.ts';
import { findModule, type Module, modules as allModules, type ParameterInput, parseParameters } from '../modules/index.ts';
import { expandFileList } from './fileList.ts';
import { expandMultiRun } from './multiRun.ts';
import { expandSuperRun } from './superRun.ts';
import { parseSession, type Session } from './session/parseSession.ts';
import { auxTimepoints } from './steps/auxTimepoints.ts';
import { checkModules } from './steps/moduleChoice.ts';
import { workFolder } from './steps/names.ts';
import { removeAp } from './steps/removeAp.ts';
import { supercat } from './steps/supercat.ts';

/** Something on the disk because of which a run or a part of it cannot be processed. */
export interface Problem {
  /** `<run>_g0` or `<run>_g0 imec1`. */
  readonly what: string;
  readonly run: string;
  readonly gate: number;
  /** `imec1`, `ni`, `obx0`; undefined: the whole run. */
  readonly device?: string;
  readonly message: string;
  readonly next?: string;
}

export interface Expanded {
  readonly session: Session;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Looks at the disk again. */
  readonly again: () => Promise<Expanded>;
}

export interface Planned {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

export interface ExpandOptions {
  /** Folder that relative paths of the session start from. */
  readonly base: string;
  /** The modules there are. */
  readonly modules?: readonly Module[];
}

/** Throws ParameterError, with a line that names the key. */
export async function expandSession(content: ParameterInput, options: ExpandOptions): Promise<Expanded> {
  const { base, modules = allModules } = options;
  const session = parseSession(content, base, modules);
  const find = moduleFinder(modules);
  checkModules(session, find);
  const { steps, problems } = await expandByKind(session);
  checkParameters(steps, find);
  await checkPrograms(steps, find, base);
  const warnings = session.ks_ver === 'ag' && session.ksTh_dict ? ['ksTh_dict has no effect with ks_ver ag, which finds its thresholds itself'] : [];
  return { session, plan: { folder: workFolder(session.json_directory), steps }, problems, warnings, again: () => expandSession(content, options) };
}

/** A super-run that was joined before is processed like any other run; so are those whose probes are split, all of them or some. */
export function expandByKind(session: Session): Promise<Planned> {
  if (session.kind === 'file-list') return expandFileList(session);
  return session.kind === 'super-run' && session.run_CatGT ? expandSuperRun(session) : expandMultiRun(session);
}

/** Finds the pipeline's own steps too. */
export function moduleFinder(modules: readonly Module[] = allModules): (name: string) => Module {
  return (name) => [...modules, auxTimepoints, removeAp, supercat].find((module) => module.name === name) ?? findModule(name);
}

/** Asks the modules for what they need beside their parameters, each once. */
async function checkPrograms(steps: readonly Step[], find: (name: string) => Module, cwd: string): Promise<void> {
  for (const name of new Set(steps.map((step) => step.module))) {
    const module = find(name);
    const { input } = steps.find((step) => step.module === name)!;
    await module.check?.(parseParameters(module.sections, input, () => undefined), { cwd });
  }
}

/** Every step's parameters are checked before the first begins; the same mistake in several steps is named once. */
function checkParameters(steps: readonly Step[], find: (name: string) => Module): void {
  const wrong = new Set<string>();
  for (const step of steps) {
    try {
      parseParameters(find(step.module).sections, step.input, () => undefined);
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error;
      for (const line of error.message.split('; ')) wrong.add(line);
    }
  }
  if (wrong.size > 0) throw new ParameterError([...wrong].join('; '), { next: 'Correct it in the session file.' });
}

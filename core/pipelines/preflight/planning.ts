// The plan of a session with everything that is wrong in it: what stops expandSession at once (a parameter, a region, a
// program that is missing) is collected here, and all else is planned.

import { isAftergateError } from '../../common/index.ts';
import type { Step } from '../../execution/index.ts';
import { type Module, type ParameterInput, parseParameters } from '../../modules/index.ts';
import { expandByKind, type Problem } from '../expand.ts';
import type { Session } from '../session/parseSession.ts';
import { regionValues } from '../session/regions.ts';
import type { ProbeRegion } from '../session/runSpecs.ts';
import { checkModules } from '../steps/moduleChoice.ts';
import { linesOf, type PreflightFinding, stop } from './finding.ts';
import { pause } from './pause.ts';
import { sessionFinding } from './readSession.ts';
import { withDefaultRegion } from './runPatches.ts';

export interface Planning {
  readonly session: Session;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly findings: readonly PreflightFinding[];
}

/** Asks a module whether what it needs is there; throws ParameterError. Replaceable, so that answers can be kept. */
export type AskModule = (module: Module, params: Readonly<Record<string, unknown>>, cwd: string) => Promise<unknown>;

export interface PlanningOptions {
  readonly content: ParameterInput;
  readonly base: string;
  readonly find: (name: string) => Module;
  readonly ask: AskModule;
}

/** Steps of one module whose parameters are checked: what is wrong in one of them is wrong in all, but for paths. */
const enough = 12;
/** Runs planned side by side. */
const width = 8;

export async function planTolerantly(given: Session, options: PlanningOptions): Promise<Planning> {
  const findings: PreflightFinding[] = [];
  const session = withKnownRegions(withKnownModules(given, options, findings), options.content, findings);
  const { steps, problems } = await expanded(session, findings);
  findings.push(...await checkParameters(steps, options.find), ...await checkPrograms(steps, options));
  return { session, steps, problems, findings };
}

function withKnownModules(session: Session, { find }: PlanningOptions, findings: PreflightFinding[]): Session {
  try {
    checkModules(session, find);
    return session;
  } catch (error) {
    const { lines, next } = linesOf(error);
    findings.push(...lines.map((line) => sessionFinding(line, next)));
    return { ...session, modules: undefined };
  }
}

function withKnownRegions(session: Session, content: ParameterInput, findings: PreflightFinding[]): Session {
  const isKnown = (region: string, key: string) => {
    try {
      regionValues(region, key, session);
      return true;
    } catch (error) {
      linesOf(error);
      return false;
    }
  };
  if (session.kind === 'file-list') {
    return { ...session, file_list: session.file_list.map((file) => {
      if (isKnown(file.region, file.name)) return file;
      findings.push(unknownRegion(file.region, {}));
      return { ...file, region: 'default' };
    }) };
  }
  const all = [...new Set(session.run_specs.flatMap(({ regions }) => regions.flat()))];
  const unknown = all.filter((region) => !isKnown(region, 'run_specs'));
  for (const region of unknown) {
    const isHere = (place: ProbeRegion) => [place].flat().includes(region);
    const users = session.run_specs.filter(({ regions }) => regions.some(isHere));
    const [{ run, gates, probes, regions }] = users;
    const one = users.every((spec) => spec.run === run) ? { run, gate: gates[0], probe: probes[regions.findIndex(isHere)] } : {};
    findings.push(unknownRegion(region, one, withDefaultRegion(content, region)));
  }
  const known = (region: string) => (unknown.includes(region) ? 'default' : region);
  return { ...session, run_specs: session.run_specs.map((spec) => ({ ...spec, regions: spec.regions.map((region) => (typeof region === 'string' ? known(region) : region.map(known))) })) };
}

function unknownRegion(region: string, place: { readonly run?: string; readonly gate?: number; readonly probe?: number }, patch?: Readonly<Record<string, unknown>>): PreflightFinding {
  return stop('region-unknown', `"${region}" is not in the region table.`, { ...place, step: 'probes' }, {
    next: [{ label: 'Add it', step: 'sort' }, ...(patch ? [{ label: 'Use default', patch }] : [])],
  });
}

async function expanded(session: Session, findings: PreflightFinding[]): Promise<Pick<Planning, 'steps' | 'problems'>> {
  const attempt = async (one: Session) => {
    try {
      return await expandByKind(one);
    } catch (error) {
      const { lines, next } = linesOf(error);
      findings.push(...lines.map((line) => sessionFinding(line, next)));
      return { steps: [], problems: [] };
    }
  };
  // The runs of a super-run are one piece of work.
  if (session.kind === 'file-list' || session.kind === 'super-run') return attempt(session);
  const planned: Awaited<ReturnType<typeof attempt>>[] = [];
  for (let first = 0; first < session.run_specs.length; first += width) {
    planned.push(...await Promise.all(session.run_specs.slice(first, first + width).map((spec) => attempt({ ...session, run_specs: [spec] }))));
  }
  return { steps: planned.flatMap(({ steps }) => steps), problems: planned.flatMap(({ problems }) => problems) };
}

async function checkParameters(steps: readonly Step[], find: PlanningOptions['find']): Promise<PreflightFinding[]> {
  const wrong = new Map<string, PreflightFinding>();
  const checked = new Map<string, number>();
  for (const step of steps) {
    const count = checked.get(step.module) ?? 0;
    checked.set(step.module, count + 1);
    if (count >= enough) continue;
    await pause();
    try {
      parseParameters(find(step.module).sections, step.input, () => undefined);
    } catch (error) {
      const { lines } = linesOf(error);
      for (const line of lines) wrong.set(line, sessionFinding(line, undefined));
    }
  }
  return [...wrong.values()];
}

/** The first step of each module speaks for all. */
async function checkPrograms(steps: readonly Step[], { find, ask, base, content }: PlanningOptions): Promise<PreflightFinding[]> {
  const firsts = [...new Map([...steps].reverse().map((step) => [step.module, step])).values()];
  const answers = await Promise.all(firsts.map(async ({ module: name, input }) => {
    const module = find(name);
    if (!module.check) return [];
    try {
      await ask(module, parseParameters(module.sections, input, () => undefined), base);
      return [];
    } catch (error) {
      if (!isAftergateError(error)) throw error;
      return [missingTool(name, error.message, error.next, content)];
    }
  }));
  return answers.flat();
}

function missingTool(module: string, reason: string, advice: string | undefined, content: ParameterInput): PreflightFinding {
  const embedded = { ks_ver: 'ag', ...(content.ks_output_tag === undefined ? {} : { ks_output_tag: null }), ...(Array.isArray(content.modules) ? { modules: (content.modules as unknown[]).map((name) => (name === module ? 'spike_sorter' : name)) } : {}) };
  return stop('tool-missing', `${module} cannot run here: ${reason}.`, { step: 'sort' }, { advice, next: [{ label: 'Use the embedded sorter', patch: embedded }] });
}

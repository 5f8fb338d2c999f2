// The runs of a session as they lie on the disk: what CatGT will make of each, and what is wrong with it.

import type { Step } from '../../execution/index.ts';
import type { ParameterInput } from '../../modules/index.ts';
import { printableCommand } from '../../tools/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { catgtCall, wrongOptions } from './catgtOptions.ts';
import { checkClocks, checkOptions } from './checkClocks.ts';
import { checkEdges } from './checkEdges.ts';
import { checkFiles, type RunCheck } from './checkFiles.ts';
import { checkJoins } from './checkJoins.ts';
import { checkLines } from './checkLines.ts';
import { checkDivision, checkShanks } from './checkShanks.ts';
import { checkStart } from './checkStart.ts';
import { type PreflightFinding, stop } from './finding.ts';
import type { MetaCache } from './metaCache.ts';
import { pause } from './pause.ts';
import { readRuns, type RunOnDisk } from './recorded.ts';
import { lookAtJoining } from './superPlans.ts';
import { catgtFiles, type CatgtFile, type StreamPlan, streamPlans } from './streamPlans.ts';

export interface LookOptions {
  readonly base: string;
  readonly depth: 'quick' | 'full';
  /** ms since 1970. */
  readonly now: number;
  readonly metas: MetaCache;
  readonly signal?: AbortSignal;
}

export interface Looked {
  readonly runs: readonly RunOnDisk[];
  /** By `run gate`: what the sorter finds; of runs that are joined, those of each by itself by the step's id. */
  readonly plans: Map<string, readonly StreamPlan[]>;
  /** By the step's id. */
  readonly files: Map<string, readonly CatgtFile[]>;
  readonly commands: Map<string, string>;
  readonly findings: readonly PreflightFinding[];
}

/** Every run of a session against its files. */
export async function lookAtRuns(session: MultiRunSession, steps: readonly Step[], content: ParameterInput, options: LookOptions): Promise<Looked> {
  const { base, now, depth, signal, metas } = options;
  const findings = [...wrongOptions(session, base), ...checkOptions(session)];
  const wrong = new Set(findings.flatMap(({ where }) => where.line ?? []));
  const runs = await readRuns(session, metas);
  const looked = { runs, plans: new Map<string, readonly StreamPlan[]>(), files: new Map<string, readonly CatgtFile[]>(), commands: new Map<string, string>() };
  const passes = steps.filter(({ module }) => module === 'catGT_helper');
  const passOf = new Map([...passes].reverse().map((step) => [`${step.run} ${step.gate}`, step]));
  for (const [index, run] of runs.entries()) {
    await pause();
    const check: RunCheck = { content, session, run, now };
    findings.push(...checkFiles(check));
    const key = `${run.spec.run} ${run.spec.gates[0]}`;
    const step = session.kind === 'super-run' ? passes[index] : passOf.get(key);
    if (!step) continue;
    const { argv, options: catgt, refused } = catgtCall(step, base, wrong);
    looked.commands.set(step.id, printableCommand('CatGT', argv));
    if (!catgt) {
      findings.push(stop('catgt-option', `${refused}.`, { run: run.spec.run, gate: run.spec.gates[0], step: 'preprocess' }, { next: [{ label: 'Go to Preprocess', step: 'preprocess' }] }));
      continue;
    }
    const plans = streamPlans(run, catgt);
    looked.plans.set(session.kind === 'super-run' ? step.id : key, plans);
    looked.files.set(step.id, catgtFiles(plans, catgt));
    findings.push(...checkStart(check, plans, catgt), ...checkJoins(check, plans, catgt), ...checkLines(check, plans, catgt), ...checkClocks(check, plans), ...checkShanks(check, plans));
    if (depth === 'full' && session.runTPrime && plans.length > 1) findings.push(...await checkEdges(run, plans, catgt, session.sync_period, signal));
  }
  lookAtJoining(session, steps, looked);
  return { ...looked, findings: [...findings, ...checkDivision(session.kind, looked.plans.values())] };
}

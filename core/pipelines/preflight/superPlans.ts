// What joining the runs of a super-run will leave, told from what CatGT will leave of each.

import path from 'node:path';
import type { Step } from '../../execution/index.ts';
import { type ParameterInput, parseParameters } from '../../modules/index.ts';
import { printableCommand } from '../../tools/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { catgtFolder, runAndGate } from '../steps/names.ts';
import { supercat, supercatArguments } from '../steps/supercat.ts';
import type { Looked } from './lookAtRuns.ts';
import { type CatgtFile, streamFiles, type StreamPlan } from './streamPlans.ts';

/** Adds the joined streams, their files and the command to what was found of the runs. */
export function lookAtJoining(session: MultiRunSession, steps: readonly Step[], looked: Omit<Looked, 'findings'>): void {
  const step = steps.find(({ module }) => module === supercat.name);
  const parts = step?.dependsOn.map((pass) => looked.plans.get(pass.step));
  if (!step || !parts) return;
  const { supercat_params: params } = parseParameters(supercat.sections, step.input as ParameterInput, () => undefined);
  looked.commands.set(step.id, printableCommand('CatGT', supercatArguments(params, session.catGT_dest)));
  if (!parts.every((plans) => plans !== undefined)) return;
  const plans = joined(parts, session.catGT_dest, step);
  const inFolder = (ending: string): CatgtFile => ({ path: path.join(catgtFolder(session.catGT_dest, step.run, step.gate, 'supercat'), `${runAndGate(step.run, step.gate)}_${ending}`), kind: 'list', bytes: 0 });
  looked.plans.set(`${step.run} ${step.gate}`, plans);
  looked.files.set(step.id, [...plans.flatMap(streamFiles), inFolder('fyi.txt'), inFolder('sc_offsets.txt')]);
}

function joined([first, ...others]: readonly (readonly StreamPlan[])[], dest: string, { run, gate }: Step): StreamPlan[] {
  const folder = catgtFolder(dest, run, gate, 'supercat');
  return first.map((plan) => {
    const twins = others.flatMap((plans) => plans.find(({ label }) => label === plan.label) ?? []);
    const sum = (value: (each: StreamPlan) => number) => twins.reduce((total, twin) => total + value(twin), value(plan));
    const isProbe = plan.stream.kind === 'ap' || plan.stream.kind === 'lf';
    const own = isProbe ? path.join(folder, `${runAndGate(run, gate)}_imec${plan.stream.index}`) : folder;
    const moved = (base: string) => path.join(own, path.basename(base));
    return { ...plan, lists: [], rows: sum(({ rows }) => rows), bytes: sum(({ bytes }) => bytes), base: moved(plan.base), outputs: plan.outputs.map((output) => ({ ...output, base: moved(output.base) })) };
  });
}

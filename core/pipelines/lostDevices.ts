// A drive that is not connected when a session is resumed must cost nothing: runs of which a probe was processed before,
// and whose files are not to be found now, stay as they are.

import { parseChannelList } from '../spikeglx/index.ts';
import { readInputJson } from '../modules/index.ts';
import { isObject } from '../modules/record/index.ts';
import type { Expanded, Problem } from './expand.ts';

/** The plan without those runs; the problems say so. */
export async function keepLostRuns(expanded: Expanded): Promise<Expanded> {
  const { session, plan, problems } = expanded;
  const catgtSteps = plan.steps.filter(({ module }) => module === 'catGT_helper');
  const lost = new Set<Problem>();
  for (const { run, gate, outputJson } of catgtSteps) {
    const before = await probesBefore(outputJson);
    for (const problem of problems) if (isOf(problem, run, gate) && before.includes(problem.device)) lost.add(problem);
  }
  // A super-run is one piece of work.
  const isLost = ({ run, gate }: { run: string; gate: number }) => [...lost].some((problem) => session.kind === 'super-run' || isOf(problem, run, gate));
  return {
    ...expanded,
    plan: { ...plan, steps: plan.steps.filter((step) => !isLost(step)) },
    problems: problems.map((problem) => (lost.has(problem) ? { ...problem, message: `${problem.message}; it was processed before, so the results of the run are left as they are` } : problem)),
  };
}

function isOf(problem: Problem, run: string, gate: number): boolean {
  return problem.run === run && problem.gate === gate;
}

/** `imec0`, `imec2`: of the call of CatGT that left this output JSON; none when there is none. */
async function probesBefore(outputJson: string): Promise<(string | undefined)[]> {
  const output = await readInputJson(outputJson).catch(() => undefined);
  const params = isObject(output?.input_parameters) ? output.input_parameters.catGT_helper_params : undefined;
  const text = isObject(params) && typeof params.probe_string === 'string' ? params.probe_string : '';
  const probes = text === '' ? [] : parseChannelList(text);
  return probes === 'all' ? [] : probes.map((probe) => `imec${probe}`);
}

// Which part of a run is taken: a start beyond the end of its first file stops CatGT; a part alone is told, since the
// limits of a trial are easily forgotten.

import type { CatGTOptions } from '../../engines/catgt/index.ts';
import { withCatgtOption } from '../../notation/index.ts';
import type { RunCheck } from './checkFiles.ts';
import { note, type PreflightFinding, stop } from './finding.ts';
import { type StreamPlan, streamInputs } from './streamPlans.ts';
import { time } from './words.ts';

export function checkStart({ session, run }: RunCheck, plans: readonly StreamPlan[], options: CatGTOptions): PreflightFinding[] {
  const { startSecs = 0, maxSecs = 0 } = options;
  if (startSecs <= 0 && maxSecs <= 0) return [];
  const where = { run: run.spec.run, gate: run.spec.gates[0], step: 'gates' as const };
  const without = (...names: string[]) => ({ catGT_cmd_string: names.reduce((text, name) => withCatgtOption(text, name, null), session.catGT_cmd_string) });
  const short = streamInputs(run, options).find(({ files, facts }) => Math.trunc(startSecs * facts.rate) >= files[0].samples);
  if (short) {
    const { files: [{ gate, trigger, samples }], facts } = short;
    return [stop('start-beyond', `The start of ${time(startSecs)} lies beyond the end of g${gate} t${trigger}, which lasts ${time(samples / facts.rate)}.`, { ...where, gate, trigger }, {
      next: [{ label: 'Start at the beginning', patch: without('startsecs') }, { label: 'Go to Gates', step: 'gates' }],
    })];
  }
  const [first] = plans;
  if (!first) return [];
  const from = startSecs > 0 ? ` from ${time(startSecs)} on` : '';
  return [note('part-only', `Only ${time(first.rows / first.rate)}${from} are taken, as asked for in Gates.`, where, { next: [{ label: 'Take all', patch: without('startsecs', 'maxsecs') }] })];
}

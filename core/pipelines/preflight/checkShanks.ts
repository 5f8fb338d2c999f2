// Whether CatGT leaves the files that are to be sorted: of probes that are sorted shank by shank, and of those that CatGT is
// told to divide though the session sorts them whole.

import { hasCatgtOption, shankNumber, withCatgtOption } from '../../notation/index.ts';
import { findProbeFacts } from '../../spikeglx/index.ts';
import { isSortedApart, regionOf } from '../session/runSpecs.ts';
import { isDivided } from '../splitShanks.ts';
import type { RunCheck } from './checkFiles.ts';
import { note, type PreflightFinding, stop, warn } from './finding.ts';
import { sortedWhole } from './runPatches.ts';
import type { StreamPlan } from './streamPlans.ts';

/** Of a run: probes that stay whole, shanks that are left out, probes without a file of their own. */
export function checkShanks(check: RunCheck, plans: readonly StreamPlan[]): PreflightFinding[] {
  const ofProbes = plans.filter(({ stream }) => stream.kind === 'ap');
  return ofProbes.flatMap((plan) => (isDivided(check.session, check.run.spec, plan.stream.index) ? divided(check, plan) : undivided(check, plan)));
}

function undivided({ session, run }: RunCheck, { outputs, stream }: StreamPlan): PreflightFinding[] {
  if (outputs.some(({ index }) => index === stream.index)) return [];
  const text = session.catGT_cmd_string;
  const next = hasCatgtOption(text, 'sepShanks') ? [{ label: 'Split shanks', patch: { kind: 'split-shanks', catGT_cmd_string: withCatgtOption(text, 'sepShanks', null) } }] : [];
  return [stop('probe-not-written', `CatGT is told to write ${outputs.map(({ index }) => `imec${index}`).join(', ')} in place of imec${stream.index}, which is to be sorted.`,
    { run: run.spec.run, gate: run.spec.gates[0], stream: `imec${stream.index}`, probe: stream.index, step: 'preprocess' }, { next: [...next, { label: 'Go to Preprocess', step: 'preprocess' }] })];
}

function divided({ content, run: { spec } }: RunCheck, plan: StreamPlan): PreflightFinding[] {
  const { index } = plan.stream;
  const where = { run: spec.run, gate: spec.gates[0], stream: `imec${index}`, probe: index, step: 'probes' as const };
  const shanks = findProbeFacts(plan.meta)?.shanks;
  if (isWhole(plan)) {
    const why = shanks === undefined ? 'The shanks of a probe of unknown type are not known' : shanks === 1 ? 'A single-shank probe cannot be split' : `None of its ${shanks} shanks has sites in use`;
    // Asked for by name it is a mistake; of a session that splits what can be split it is no more than told.
    return isSortedApart(spec, index)
      ? [warn('single-shank', `${why}: imec${index} is sorted whole, in the region ${regionOf(spec, index, 0)}.`, where, { next: [{ label: `Sort imec${index} whole`, patch: sortedWhole(content, spec, index) }] })]
      : [note('single-shank', `${why}: imec${index} is sorted whole.`, where)];
  }
  const unused = Array.from({ length: shanks ?? 0 }, (_, shank) => shank).filter((shank) => !plan.outputs.some((output) => output.index === shankNumber(index, shank)));
  if (unused.length === 0) return [];
  return [note('shank-unused', `${shanks}-shank probe: ${unused.length === 1 ? `shank ${unused[0]} has no sites in use and is` : `shanks ${unused.join(' and ')} have no sites in use and are`} left out.`, where)];
}

/** Of the session: that it divides no probe at all. */
export function checkDivision(kind: string, plans: Iterable<readonly StreamPlan[]>): PreflightFinding[] {
  const probes = [...plans].flat().filter(({ stream }) => stream.kind === 'ap');
  if (kind !== 'split-shanks' || probes.length === 0 || !probes.every(isWhole)) return [];
  return [warn('nothing-to-split', 'No probe of this session has several shanks in use, so there is nothing to split.', { step: 'runs' }, { next: [{ label: 'Use Runs', patch: { kind: 'multi-run' } }] })];
}

function isWhole({ outputs, stream }: StreamPlan): boolean {
  return outputs.every(({ index }) => index === stream.index);
}

// Extractors against the files they read, and two that write one file, as findings.

import path from 'node:path';
import { type CatGTOptions, type Extractor, extractorStream, printExtractor } from '../../engines/catgt/index.ts';
import { type ExtractorNotice, fitNotices, lineColumns, sameFile, streamNotChosen, widthNotices } from '../extractors/index.ts';
import type { RunCheck } from './checkFiles.ts';
import { type Place, type PreflightFinding, stop, warn } from './finding.ts';
import type { StreamPlan } from './streamPlans.ts';

const toExtract = { next: [{ label: 'Go to Extract', step: 'extract' as const }] };

export function checkLines(check: RunCheck, plans: readonly StreamPlan[], options: CatGTOptions): PreflightFinding[] {
  return [...options.extractors.flatMap((extractor) => checkExtractor(check, extractor, plans, options.inARow)), ...plans.flatMap((plan) => collisions(check, plan))];
}

/** Notes are for who builds extractors; here they would hide what matters. */
function checkExtractor({ run }: RunCheck, extractor: Extractor, plans: readonly StreamPlan[], inARow: number): PreflightFinding[] {
  const stream = extractorStream(extractor);
  const where: Place = { run: run.spec.run, gate: run.spec.gates[0], stream, line: printExtractor(extractor), step: 'extract' };
  const plan = plans.find(({ label }) => label === stream);
  if (!plan) return [warn('stream-not-chosen', streamNotChosen(stream, run.spec.run).text, where, toExtract)];
  return [...fitNotices(extractor, lineColumns(plan.meta, plan.facts)), ...widthNotices(extractor, inARow)].flatMap((notice) => toFinding(notice, where));
}

function toFinding({ id, severity, text }: ExtractorNotice, where: Place): PreflightFinding[] {
  return severity === 'note' ? [] : [(severity === 'stop' ? stop : warn)(id, text, where, toExtract)];
}

function collisions({ run }: RunCheck, { base, events, label }: StreamPlan): PreflightFinding[] {
  const asked = events.filter(({ automatic }) => !automatic).map(({ suffix }) => suffix);
  const twice = [...new Set(asked.filter((suffix, index) => asked.indexOf(suffix) !== index))];
  return twice.flatMap((suffix) => toFinding(sameFile(`${path.basename(base)}${suffix}`), { run: run.spec.run, gate: run.spec.gates[0], stream: label, step: 'extract' }));
}

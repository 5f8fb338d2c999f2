// Extractors against the files they read: words that do not exist, streams that are not there, two that write one file.

import path from 'node:path';
import { type CatGTOptions, type Extractor, extractorStream, printExtractor } from '../../engines/catgt/index.ts';
import { metaCounts } from '../../spikeglx/index.ts';
import type { RunCheck } from './checkFiles.ts';
import { type Place, type PreflightFinding, stop, warn } from './finding.ts';
import type { StreamPlan } from './streamPlans.ts';

export function checkLines(check: RunCheck, plans: readonly StreamPlan[], options: CatGTOptions): PreflightFinding[] {
  return [...options.extractors.flatMap((extractor) => checkExtractor(check, extractor, plans)), ...plans.flatMap((plan) => collisions(check, plan))];
}

function checkExtractor({ run }: RunCheck, extractor: Extractor, plans: readonly StreamPlan[]): PreflightFinding[] {
  const stream = extractorStream(extractor);
  const line = printExtractor(extractor);
  const where: Place = { run: run.spec.run, gate: run.spec.gates[0], stream, line, step: 'extract' };
  const next = [{ label: 'Go to Extract', step: 'extract' as const }];
  const plan = plans.find(({ label }) => label === stream);
  if (!plan) return [warn('line-unused', `${line} reads ${stream}, which ${run.spec.run} does not have here.`, where, { next })];
  const { columns } = plan.facts;
  if (extractor.word < columns) return [];
  const names = wordNames(plan);
  const text = `Word ${extractor.word} does not exist: this ${fileWord(plan)} file has ${columns === 1 ? 'word 0' : `words 0-${columns - 1}`}${names ? ` (${names})` : ''}.`;
  return [stop('word-range', text, where, { next })];
}

function fileWord({ stream }: StreamPlan): string {
  return stream.kind === 'nidq' ? 'NI' : stream.kind === 'obx' ? 'OneBox' : 'probe';
}

/** XA0, XA1, XA2, digital: the saved channels of an NI or OneBox file; undefined for probes. */
function wordNames({ meta, facts }: StreamPlan): string | undefined {
  const kind = facts.stream.kind;
  const counts = metaCounts(meta, kind === 'nidq' ? 'acqMnMaXaDw' : kind === 'obx' ? 'acqXaDwSy' : '');
  if (!counts) return undefined;
  const [labels, widths] = kind === 'nidq' ? [['MN', 'MA', 'XA', 'digital'], counts] : [['XA', 'digital', 'SY'], counts];
  const all = labels.flatMap((label, index) => Array.from({ length: widths[index] ?? 0 }, (_, at) => (label.length > 2 || label === 'SY' ? label : `${label}${at}`)));
  const saved = facts.channels.map((channel) => all[channel]);
  return saved.length > 12 || saved.some((name) => name === undefined) ? undefined : saved.join(', ');
}

function collisions({ run }: RunCheck, { base, events, label }: StreamPlan): PreflightFinding[] {
  const asked = events.filter(({ automatic }) => !automatic).map(({ suffix }) => suffix);
  const twice = [...new Set(asked.filter((suffix, index) => asked.indexOf(suffix) !== index))];
  return twice.map((suffix) => stop('name-collision', `Two extractors would both write \`${path.basename(base)}${suffix}\`; the name holds word and width, not the threshold. Change one width or remove one.`,
    { run: run.spec.run, gate: run.spec.gates[0], stream: label, step: 'extract' }, { next: [{ label: 'Go to Extract', step: 'extract' }] }));
}

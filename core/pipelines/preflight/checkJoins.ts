// How the files of a run join on the true time axis: gaps and their filling, overlaps, files that would be dropped.

import { withCatgtOption } from '../../notation/index.ts';
import { joinTo, metaNumber, metaText } from '../../spikeglx/index.ts';
import type { CatGTOptions, SourceFile } from '../../engines/catgt/index.ts';
import type { RunCheck } from './checkFiles.ts';
import { note, type Place, type PreflightFinding, stop, warn, type WayOut } from './finding.ts';
import { asSuperRun, gatesApart, withTriggers } from './runPatches.ts';
import type { StreamPlan } from './streamPlans.ts';
import { size, time, triggerList } from './words.ts';

/** A fill is called long from here on, s. */
export const longFill_s = 60;
/** Files that overlap, made this far apart, are of different runs, ms. */
const apart = 600_000;

interface FileJoin {
  readonly before: SourceFile;
  readonly file: SourceFile;
  readonly kind: 'gap' | 'overlap' | 'swallowed';
  readonly seconds: number;
}

export function checkJoins(check: RunCheck, plans: readonly StreamPlan[], options: CatGTOptions): PreflightFinding[] {
  // All streams of a run join alike: the one with most files speaks for them, a probe's before NI's.
  const speaker = [...plans].sort((a, b) => b.files.length - a.files.length || Number(b.stream.kind === 'ap') - Number(a.stream.kind === 'ap'))[0];
  if (!speaker) return [];
  const joins = joinsOf(speaker);
  const swallowed = joins.filter(({ kind }) => kind === 'swallowed');
  return [
    ...joins.filter(({ kind }) => kind === 'gap').map((join) => gap(check, join, plans, options)),
    ...joins.filter(({ kind }) => kind === 'overlap').map(({ before, file, seconds }) =>
      note('overlap-trimmed', `${trial(file)} starts ${time(seconds)} before ${trial(before)} ends. The repeated part is used once.`, placeOf(check, file))),
    ...dropped(check, swallowed, speaker),
  ];
}

function joinsOf({ files, facts }: StreamPlan): FileJoin[] {
  return files.slice(1).flatMap((file, index): FileJoin[] => {
    const before = files[index];
    const [first, firstBefore] = [metaNumber(file.meta, 'firstSample'), metaNumber(before.meta, 'firstSample')];
    if (first === undefined || firstBefore === undefined) return [];
    const { kind, samples } = joinTo({ first: firstBefore, samples: before.samples }, { first, samples: file.samples });
    return kind === 'gap' || kind === 'overlap' || kind === 'swallowed' ? [{ before, file, kind, seconds: samples / facts.rate }] : [];
  });
}

function gap(check: RunCheck, { before, file, seconds }: FileJoin, plans: readonly StreamPlan[], options: CatGTOptions): PreflightFinding {
  const { session, content, run } = check;
  const where = placeOf(check, file);
  const filled = options.zeroFillMax === undefined ? seconds : Math.min(seconds, options.zeroFillMax / 1000);
  if (filled >= longFill_s) {
    const probe = plans.find(({ stream }) => stream.kind === 'ap');
    const bytes = probe ? `: ${size(filled * probe.facts.rate * probe.facts.columns * 2)} a probe without data` : '';
    const apartPatch = run.spec.gates[1] > run.spec.gates[0] && before.gate !== file.gate ? [{ label: 'Sort the gates apart', patch: gatesApart(content, run.spec) }] : [];
    return warn('long-fill', `${time(filled)} between ${between(before, file)} will be filled${bytes}, and Kilosort 2 to 3 are known to stop on long fills.`, where, {
      next: [...apartPatch, { label: 'Cap fills at 100 ms', patch: { catGT_cmd_string: withCatgtOption(session.catGT_cmd_string, 'zerofillmax', '100') } }],
    });
  }
  const how = filled < seconds
    ? filled === 0 ? 'They will be left out, so file time is no longer true time.' : `They will be cut to ${Math.round(filled * 1000)} ms, so file time is no longer true time.`
    : options.lineFill ? 'They will be filled with straight lines so that times stay true.' : 'They will be filled with zeros so that times stay true.';
  return note('gap-filled', `Between ${trial(before)} and ${trial(file)} there are ${time(seconds)} that were not recorded. ${how}`, where);
}

function dropped(check: RunCheck, swallowed: readonly FileJoin[], { files }: StreamPlan): PreflightFinding[] {
  if (swallowed.length === 0) return [];
  const { run, content } = check;
  const first = swallowed[0].file;
  const created = files.map(({ meta }) => Date.parse(metaText(meta, 'fileCreateTime') ?? '')).filter((moment) => !Number.isNaN(moment));
  const oneGate = run.spec.gates[0] === run.spec.gates[1];
  const keep = files.indexOf(first) > 0 && oneGate ? [{ label: `Use ${triggerList(range(files[0].trigger, files[files.indexOf(first) - 1].trigger))} only`, patch: withTriggers(content, run.spec, files[0].trigger, files[files.indexOf(first) - 1].trigger) }] : [];
  const next = [...keep, { label: 'Go to Gates', step: 'gates' as const }];
  if (created.length > 1 && Math.max(...created) - Math.min(...created) > apart) {
    const triggers = triggerList(swallowed.map(({ file }) => file.trigger));
    const many = swallowed.length > 1;
    const text = `${triggers} ${many ? 'were' : 'was'} created ${time((Math.max(...created) - Math.min(...created)) / 1000)} apart but ${many ? 'claim' : 'claims'} to overlap: these are renamed runs, not triggers. CatGT would keep only the first.`;
    return [stop('unrelated-clocks', text, placeOf(check, first), { next: [...superRun(check, files), ...next] })];
  }
  return swallowed.map(({ file }) => stop('tiny-content', `${trial(file)} lies wholly inside time already covered and would be dropped. Its clock belongs to another run.`, placeOf(check, file), { next }));
}

/** Each file as a run of its own, joined in the order in which they were made. */
function superRun({ content, run }: RunCheck, files: readonly SourceFile[]): WayOut[] {
  const made = files.map(({ trigger, meta }) => ({ trigger, at: Date.parse(metaText(meta, 'fileCreateTime') ?? '') }));
  if (made.some(({ at }) => Number.isNaN(at))) return [];
  const patch = asSuperRun(content, run.spec, made.sort((a, b) => a.at - b.at || a.trigger - b.trigger).map(({ trigger }) => trigger));
  return patch ? [{ label: `Make a super-run of ${files.length}`, patch }] : [];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function trial({ gate, trigger }: SourceFile): string {
  return `g${gate} t${trigger}`;
}

function between(before: SourceFile, file: SourceFile): string {
  return before.gate === file.gate ? `${trial(before)} and ${trial(file)}` : `g${before.gate} and g${file.gate}`;
}

function placeOf({ run }: RunCheck, { gate, trigger }: SourceFile): Place {
  return { run: run.spec.run, gate, trigger, step: 'gates' };
}

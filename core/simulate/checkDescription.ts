// What a schema cannot see: do the parts of a run's description fit each other? Every message names the part.

import { ParameterError } from '../common/index.ts';
import type { Outlet, RunDescription } from './description.ts';
import { savedColumns } from './savedColumns.ts';
import { factsOfPart } from './sites.ts';

export function checkRun(run: RunDescription): void {
  if (/[/\\:*?"<>|]/.test(run.name)) throw wrong(`name '${run.name}' cannot be part of a file name`);
  if (run.probes.length === 0 && !run.ni && run.oneBoxes.length === 0) throw wrong('needs a probe, NI or a OneBox');
  checkSpans(run);
  for (const [index, probe] of run.probes.entries()) {
    const facts = factsOfPart(probe.partNumber);
    if (facts.partNumber === '3A' && run.probes.length > 1) throw wrong("phase 3A ('3A') records one probe");
    savedColumns(probe, facts, `probes.${index}`);
    const responsive = probe.units.responsive;
    if (responsive && !run.events.some((event) => event.name === responsive.to)) throw wrong(`probes.${index}.units.responsive.to: there are no events '${responsive.to}'`);
  }
  const inputs = inputsOf(run);
  for (const event of run.events) for (const outlet of event.outlets) checkOutlet(inputs, outlet, `events '${event.name}'`);
  for (const counter of run.counters) {
    for (const line of [counter.firstLine, counter.firstLine + counter.bits - 1]) checkOutlet(inputs, { stream: counter.stream, line }, `counter '${counter.name}'`);
    if (counter.firstLine % 16 > (counter.firstLine + counter.bits - 1) % 16) throw wrong(`counter '${counter.name}' does not fit into one word`);
  }
  if (run.ni?.sync) checkOutlet(inputs, 'line' in run.ni.sync ? { stream: 'nidq', line: run.ni.sync.line } : { stream: 'nidq', channel: run.ni.sync.channel }, 'ni.sync');
  checkFaults(run);
}

function checkSpans(run: RunDescription): void {
  const seen = new Set<string>();
  for (const { gate, trigger, fromS, toS } of run.spans) {
    const name = `g${gate} t${trigger}`;
    if (!(toS > fromS)) throw wrong(`span ${name} ends at ${toS} s, before or at its start at ${fromS} s`);
    if (fromS < 0.02) throw wrong(`span ${name} starts at ${fromS} s; streams need 0.02 s to come up`);
    if (seen.has(name)) throw wrong(`span ${name} is given twice`);
    seen.add(name);
  }
}

interface Inputs {
  readonly lines: number;
  readonly channels: number;
}

function inputsOf(run: RunDescription): Map<string, Inputs> {
  const inputs = new Map<string, Inputs>();
  if (run.ni) inputs.set('nidq', { lines: 16 * run.ni.xd, channels: run.ni.xa });
  run.oneBoxes.forEach((box, index) => inputs.set(`obx${index}`, { lines: 16 * box.xd, channels: box.xa }));
  run.probes.forEach((_, index) => inputs.set(`imec${index}`, { lines: 16, channels: 0 }));
  return inputs;
}

type OutletPlace = { stream: string; line: number } | { stream: string; channel: number } | Outlet;

function checkOutlet(inputs: Map<string, Inputs>, outlet: OutletPlace, where: string): void {
  const input = inputs.get(outlet.stream);
  if (!input) throw wrong(`${where}: there is no stream '${outlet.stream}'; it can be ${[...inputs.keys()].join(', ')}`);
  if ('line' in outlet && outlet.line >= input.lines) throw wrong(`${where}: ${outlet.stream} has ${input.lines} digital lines, so no line ${outlet.line}`);
  if ('channel' in outlet && outlet.channel >= input.channels) throw wrong(`${where}: ${outlet.stream} has ${input.channels} XA channels, so no channel ${outlet.channel}`);
}

function checkFaults(run: RunDescription): void {
  const probes = run.probes.flatMap((probe, index) => [`imec${index}.ap`, ...(probe.lf && factsOfPart(probe.partNumber).acqLf > 0 ? [`imec${index}.lf`] : [])]);
  const streams = [...probes, ...(run.ni ? ['nidq'] : []), ...run.oneBoxes.map((_, index) => `obx${index}`)];
  for (const fault of run.faults) {
    if (!streams.includes(fault.stream)) throw wrong(`faults: there is no stream '${fault.stream}'; it can be ${streams.join(', ')}`);
    if (!run.spans.some((span) => span.gate === fault.gate && span.trigger === fault.trigger)) {
      throw wrong(`faults: no file of ${fault.stream} is recorded at gate ${fault.gate}, trigger ${fault.trigger}`);
    }
  }
}

function wrong(sentence: string): ParameterError {
  return new ParameterError(`simulation: ${sentence}`);
}

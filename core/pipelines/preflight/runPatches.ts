// Changes of run_specs that findings offer: a probe or a run left out, other triggers, gates apart. They work on the
// content of the session as it stands, entry by entry.

import type { ParameterInput } from '../../modules/index.ts';
import { formatChannelList } from '../../spikeglx/index.ts';
import type { RunSpec } from '../session/runSpecs.ts';

type Patch = Readonly<Record<string, unknown>>;

function entriesOf(content: ParameterInput): readonly unknown[][] {
  return Array.isArray(content.run_specs) ? (content.run_specs as unknown[][]) : [];
}

/** The place of the spec's entry in the session. */
function placeOf(spec: RunSpec): number {
  return Number(/\d+/.exec(spec.name)?.[0] ?? -1);
}

function changed(content: ParameterInput, spec: RunSpec, change: (entry: readonly unknown[]) => readonly unknown[]): Patch {
  const place = placeOf(spec);
  return { run_specs: entriesOf(content).map((entry, index) => (index === place ? change(entry) : entry)) };
}

/** undefined when it is the run's only probe. */
export function withoutProbe(content: ParameterInput, spec: RunSpec, probe: number): Patch | undefined {
  const left = spec.probes.filter((index) => index !== probe);
  if (left.length === 0) return undefined;
  const regions = spec.regions.filter((_, index) => spec.probes[index] !== probe);
  return changed(content, spec, ([run, gates, triggers, , obx = '']) => [run, gates, triggers, formatChannelList(left), obx, regions]);
}

/** The session without this gate of the run, or without the run; undefined when nothing would be left. */
export function withoutRun(content: ParameterInput, spec: RunSpec): Patch | undefined {
  const place = placeOf(spec);
  const entry = entriesOf(content)[place];
  const gates = entry?.[1];
  if (Array.isArray(gates) && gates.length > 1) {
    const at = gates.findIndex((gate) => Number.parseInt(String(gate), 10) === spec.gates[0]);
    const others = (list: unknown) => (Array.isArray(list) ? (list as unknown[]).filter((_, index) => index !== at) : list);
    return changed(content, spec, ([run, , triggers, ...rest]) => [run, others(gates), others(triggers), ...rest]);
  }
  const left = entriesOf(content).filter((_, index) => index !== place);
  return left.length === 0 ? undefined : { run_specs: left };
}

/** A range of joined gates as gates that are processed one by one. */
export function gatesApart(content: ParameterInput, spec: RunSpec): Patch {
  const [first, last] = spec.gates;
  const gates = Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  return changed(content, spec, ([run, , triggers, ...rest]) => [run, gates, triggers, ...rest]);
}

export function withTriggers(content: ParameterInput, spec: RunSpec, first: number, last: number): Patch {
  return changed(content, spec, ([run, gates, , ...rest]) => [run, gates, `${first},${last}`, ...rest]);
}

/**
 * The files of a gate as runs of their own that are joined, in this order of triggers. undefined when the session has other
 * runs, which would be joined too, or the gate is one of several.
 */
export function asSuperRun(content: ParameterInput, spec: RunSpec, triggers: readonly number[]): Patch | undefined {
  const [entry, ...others] = entriesOf(content);
  if (others.length > 0 || Array.isArray(entry[1]) || spec.gates[0] !== spec.gates[1] || content.kind !== 'multi-run' || content.run_CatGT === false) return undefined;
  const [run, gates, , ...rest] = entry;
  return { kind: 'super-run', run_specs: triggers.map((trigger) => [run, gates, `${trigger},${trigger}`, ...rest]) };
}

/** Of all runs. */
export function withDefaultRegion(content: ParameterInput, region: string): Patch {
  const renamed = (part: unknown): unknown => (Array.isArray(part) ? part.map(renamed) : part === region ? 'default' : part);
  return { run_specs: entriesOf(content).map((entry) => entry.map((part, index) => (index === 5 ? renamed(part) : part))) };
}

/** A probe that was to be sorted shank by shank as a whole, in the region of its first shank. */
export function sortedWhole(content: ParameterInput, spec: RunSpec, probe: number): Patch {
  const regions = spec.regions.map((region, index) => (spec.probes[index] === probe ? [region].flat()[0] : region));
  return changed(content, spec, ([run, gates, triggers, probes, obx = '']) => [run, gates, triggers, probes, obx, regions]);
}

/** What the button says that leaves this spec out: a gate of several, or the run. */
export function leaveOutLabel(content: ParameterInput, spec: RunSpec): string {
  const gates = entriesOf(content)[placeOf(spec)]?.[1];
  return Array.isArray(gates) && gates.length > 1 ? `Leave ${spec.run} g${spec.gates[0]} out` : `Leave ${spec.run} out`;
}

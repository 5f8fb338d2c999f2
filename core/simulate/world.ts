// The simulated world of a run: from a description to the samples of every stream. Built once per thread and kept while
// its blocks are made.

import { drawArtefacts } from './artefacts.ts';
import { apSource } from './apSource.ts';
import type { BlockSource } from './blockSource.ts';
import type { RunDescription } from './description.ts';
import { niDevice, oneBoxDevice } from './device.ts';
import { deviceSource } from './deviceSource.ts';
import { lfSource } from './lfSource.ts';
import { planStreams, runSeconds } from './plan.ts';
import type { StreamPlan } from './plan.ts';
import { makeProbeWorld } from './probeWorld.ts';
import type { ProbeWorld, Surroundings } from './probeWorld.ts';
import { counterTrains, pulseTrains } from './pulses.ts';

export interface World {
  readonly surroundings: Surroundings;
  readonly streams: readonly StreamPlan[];
  probe(index: number): ProbeWorld;
  /** The samples of a stream, by its label. */
  source(label: string): BlockSource;
}

export function makeWorld(run: RunDescription): World {
  const seconds = runSeconds(run);
  const surroundings: Surroundings = { run, seconds, trains: pulseTrains(run, seconds), counters: counterTrains(run, seconds), artefacts: drawArtefacts(run, seconds) };
  const streams = planStreams(run);
  const streamOf = (label: string) => {
    const stream = streams.find((candidate) => candidate.label === label);
    if (!stream) throw new Error(`the run has no stream '${label}'`);
    return stream;
  };
  const probe = once((index: number) => makeProbeWorld(surroundings, index, streamOf(`imec${index}.ap`).clock));
  const source = once((label: string): BlockSource => {
    const { id, clock } = streamOf(label);
    switch (id.kind) {
      case 'ap': return apSource(probe(id.index), surroundings);
      case 'lf': return lfSource(probe(id.index), surroundings, clock);
      case 'nidq': return deviceSource(niDevice(run.ni!), label, surroundings, clock);
      case 'obx': return deviceSource(oneBoxDevice(run.oneBoxes[id.index]!, id.index), label, surroundings, clock);
    }
  });
  return { surroundings, streams, probe, source };
}

function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

// What is known of a simulated run: every recorded spike on its probe's own clock, the cells, events, artefacts, clocks
// and joins.

import type { Join } from '../spikeglx/index.ts';
import type { Artefact } from './artefacts.ts';
import type { FilePlan, StreamPlan } from './plan.ts';
import { responseOnsets } from './apSource.ts';
import type { ProbeWorld, Surroundings } from './probeWorld.ts';
import type { PulseTrain } from './pulses.ts';
import { syncName } from './pulses.ts';
import { spikePosition } from './spikeField.ts';
import { chunkSeconds, spikesInChunk } from './trains.ts';
import type { FamilyName } from './probeDescription.ts';
import type { World } from './world.ts';

export interface SpikeTruth {
  readonly gate: number;
  /** Whole samples of the probe's ongoing clock (0 at the start of the acquisition), ascending: the trough at the soma after tshift. */
  readonly samples: Float64Array;
  readonly units: Int32Array;
}

export interface UnitTruth {
  readonly unit: number;
  readonly family: FamilyName;
  readonly shank: number;
  /** um: the shank's pitch included; above the lowest row; away from the sites. At zero drift. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly amplitudeUv: number;
  readonly rateHz: number;
  /** AP channel whose site sees it best, and its column in the AP file (-1: not saved). */
  readonly channel: number;
  readonly column: number;
  readonly responsive: boolean;
  /** Spikes in all recorded files. */
  readonly spikes: number;
}

export interface ProbeTruth {
  /** 'imec0.ap'. */
  readonly stream: string;
  readonly index: number;
  readonly units: readonly UnitTruth[];
  readonly gates: readonly SpikeTruth[];
}

export interface FileTruth {
  readonly gate: number;
  readonly trigger: number;
  readonly firstSample: number;
  readonly samples: number;
  readonly fromS: number;
  readonly toS: number;
  /** To the file before it in gate and trigger order, nothing trimmed. */
  readonly join: Join;
}

export interface StreamTruth {
  readonly stream: string;
  /** True mean rate and what the meta says, samples per s; error of the true one, parts per million. */
  readonly rate: number;
  readonly metaRate: number;
  readonly ppm: number;
  readonly files: readonly FileTruth[];
}

export interface Truth {
  readonly streams: readonly StreamTruth[];
  readonly probes: readonly ProbeTruth[];
  /** Events but not the sync wave; true times, s. */
  readonly events: readonly PulseTrain[];
  readonly sync: { readonly periodS: number; readonly firstS: number } | null;
  readonly counters: readonly { readonly name: string; readonly periodS: number; readonly bits: number }[];
  readonly artefacts: readonly Artefact[];
}

/** Walks through all spikes of the run, letting other work and the signal in between. */
export async function truthOf(world: World, signal?: AbortSignal): Promise<Truth> {
  const { run, trains, artefacts } = world.surroundings;
  const probes: ProbeTruth[] = [];
  for (let index = 0; index < run.probes.length; index++) {
    probes.push(await probeTruth(world.probe(index), world.surroundings, world.streams.find((stream) => stream.label === `imec${index}.ap`)!, signal));
  }
  return {
    streams: world.streams.map(streamTruth),
    probes,
    events: trains.filter((train) => train.name !== syncName),
    sync: run.sync,
    counters: run.counters.map(({ name, periodS, bits }) => ({ name, periodS, bits })),
    artefacts,
  };
}

function streamTruth(stream: StreamPlan): StreamTruth {
  const files = stream.files.map(({ span, firstSample, samples, join }) => ({
    gate: span.gate, trigger: span.trigger, firstSample, samples,
    fromS: stream.clock.timeAt(firstSample), toS: stream.clock.timeAt(firstSample + samples), join,
  }));
  return { stream: stream.label, rate: stream.clock.rate, metaRate: stream.metaRate, ppm: stream.ppm, files };
}

async function probeTruth(probe: ProbeWorld, surroundings: Surroundings, stream: StreamPlan, signal: AbortSignal | undefined): Promise<ProbeTruth> {
  const gates: SpikeTruth[] = [];
  for (const gate of new Set(stream.files.map((file) => file.span.gate))) {
    gates.push(await recordedSpikes(probe, surroundings, gate, stream.files.filter((file) => file.span.gate === gate), signal));
  }
  const counts = new Int32Array(probe.units.length);
  for (const { units } of gates) for (const unit of units) counts[unit]!++;
  return { stream: stream.label, index: probe.index, gates, units: unitTruths(probe, counts) };
}

/** Spikes whose trough lies in one of the files; those in overlaps are told once. */
async function recordedSpikes(probe: ProbeWorld, surroundings: Surroundings, gate: number, files: readonly FilePlan[], signal: AbortSignal | undefined): Promise<SpikeTruth> {
  const setting = { seed: surroundings.run.seed, probeIndex: probe.index, probe: probe.description, seconds: surroundings.seconds, onsets: responseOnsets(probe, surroundings) };
  const samples: number[] = [];
  const owners: number[] = [];
  for (const { from, to } of mergedStretches(files)) {
    const last = Math.floor(probe.clock.timeAt(to) / chunkSeconds);
    for (let chunk = Math.max(0, Math.floor(probe.clock.timeAt(from - 1) / chunkSeconds)); chunk <= last; chunk++) {
      const { times, units } = spikesInChunk(probe.units, setting, chunk);
      for (let spike = 0; spike < times.length; spike++) {
        const sample = Math.round(spikePosition(probe.clock, times[spike]!));
        if (sample < from || sample >= to) continue;
        samples.push(sample);
        owners.push(units[spike]!);
      }
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
  }
  return { gate, samples: Float64Array.from(samples), units: Int32Array.from(owners) };
}

function mergedStretches(files: readonly FilePlan[]): { from: number; to: number }[] {
  const merged: { from: number; to: number }[] = [];
  for (const { firstSample, samples } of [...files].sort((a, b) => a.firstSample - b.firstSample)) {
    const last = merged.at(-1);
    if (last && firstSample <= last.to) last.to = Math.max(last.to, firstSample + samples);
    else merged.push({ from: firstSample, to: firstSample + samples });
  }
  return merged;
}

function unitTruths(probe: ProbeWorld, counts: Int32Array): UnitTruth[] {
  const { saved, sites, facts } = probe;
  return probe.units.map((unit) => {
    const channel = probe.description.units.within === 'probe' ? unit.bestSite : saved.ap[unit.bestSite]!;
    return {
      unit: unit.unit, family: unit.family, shank: unit.shank,
      x: unit.x + unit.shank * (facts.layout?.shankPitch ?? 0), y: unit.y, z: unit.z,
      amplitudeUv: unit.amplitudeUv, rateHz: unit.rateHz,
      channel: sites[channel] ? channel : -1, column: saved.ap.indexOf(channel),
      responsive: unit.responsive, spikes: counts[unit.unit]!,
    };
  });
}

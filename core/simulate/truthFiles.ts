// The truth folder. At its top: truth.json (everything, with units), spike files per probe on its ongoing clock, events.
// In imec0_g0 ...: one probe and gate alone, in samples from the start of the gate's first file, as a sorter of the joined
// file counts them; for a run of one probe the same files of the first gate stand at the top too.

import path from 'node:path';
import { encodeNpy } from '../formats/index.ts';
import type { ProbeTruth, SpikeTruth, StreamTruth, Truth, UnitTruth } from './truth.ts';

export interface TruthFile {
  /** Under the truth folder. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Units that a sorter can be expected to find. */
const clear = { amplitudeUv: 40, spikes: 20 };

export function truthFiles(truth: Truth, about: { name: string; seed: number }): TruthFile[] {
  const folders = truth.probes.flatMap((probe) => probe.gates.map((spikes) => ({ probe, spikes, folder: `imec${probe.index}_g${spikes.gate}` })));
  const single = truth.probes.length === 1 ? folders[0] : undefined;
  return [
    ...truth.probes.flatMap(streamFiles),
    ...folders.flatMap(({ probe, spikes, folder }) => sorterFiles(truth, probe, spikes, folder)),
    ...(single ? sorterArrays(truth, single.probe, single.spikes, '') : []),
    ...eventFiles(truth),
    { name: 'truth.json', content: json(overview(truth, about, single)) },
  ];
}

function overview(truth: Truth, about: { name: string; seed: number }, single: { probe: ProbeTruth; spikes: SpikeTruth } | undefined): object {
  return {
    ...about,
    ...(single ? { units: clearUnits(single.probe, single.spikes).map(({ unit }) => unit), note: note(truth, single.probe, single.spikes) } : {}),
    time_units: 'spike times in samples of the stream; all other times in true seconds since the acquisition started; positions in um; amplitudes in uV',
    streams: truth.streams,
    probes: truth.probes.map((probe) => ({
      stream: probe.stream,
      spike_times: `${probe.stream}_spike_times.npy`,
      spike_units: `${probe.stream}_spike_units.npy`,
      unit_positions_um: `${probe.stream}_unit_positions_um.npy`,
      gates: probe.gates.map(({ gate }) => `imec${probe.index}_g${gate}`),
      units: probe.units,
    })),
    sync: truth.sync,
    events: truth.events.map(({ name, onsets, offsets, outlets }) => ({ name, onsets_s: [...onsets], offsets_s: [...offsets], outlets })),
    counters: truth.counters,
    artefacts: truth.artefacts.map(({ time, microvolts, tauS }) => ({ time_s: time, amplitude_uv: microvolts, tau_s: tauS })),
  };
}

function streamFiles(probe: ProbeTruth): TruthFile[] {
  const count = probe.gates.reduce((sum, { samples }) => sum + samples.length, 0);
  const samples = new Float64Array(count);
  const units = new Int32Array(count);
  let at = 0;
  for (const gate of probe.gates) {
    samples.set(gate.samples, at);
    units.set(gate.units, at);
    at += gate.samples.length;
  }
  return [
    { name: `${probe.stream}_spike_times.npy`, content: int64(samples) },
    { name: `${probe.stream}_spike_units.npy`, content: encodeNpy(units, [count]) },
    { name: `${probe.stream}_unit_positions_um.npy`, content: positions(probe.units) },
  ];
}

function sorterFiles(truth: Truth, probe: ProbeTruth, spikes: SpikeTruth, folder: string): TruthFile[] {
  const clearOnes = clearUnits(probe, spikes);
  const content = { units: clearOnes.map(({ unit }) => unit), note: note(truth, probe, spikes), stream: probe.stream, gate: spikes.gate, sample_rate: streamOf(truth, probe).metaRate, first_sample: gateStart(truth, probe, spikes), amplitudes_uv: clearOnes.map(({ amplitudeUv }) => amplitudeUv) };
  return [...sorterArrays(truth, probe, spikes, folder), { name: path.join(folder, 'truth.json'), content: json(content) }];
}

function sorterArrays(truth: Truth, probe: ProbeTruth, spikes: SpikeTruth, folder: string): TruthFile[] {
  const start = gateStart(truth, probe, spikes);
  return [
    { name: path.join(folder, 'truth_spike_times.npy'), content: int64(spikes.samples.map((sample) => sample - start)) },
    { name: path.join(folder, 'truth_spike_units.npy'), content: encodeNpy(spikes.units, [spikes.units.length]) },
    { name: path.join(folder, 'truth_unit_positions_um.npy'), content: positions(clearUnits(probe, spikes)) },
  ];
}

function eventFiles(truth: Truth): TruthFile[] {
  const events = truth.events.flatMap(({ onsets }, kind) => [...onsets].map((time) => ({ time, kind }))).sort((a, b) => a.time - b.time || a.kind - b.kind);
  return [
    { name: 'events_true_time.npy', content: encodeNpy(Float64Array.from(events, ({ time }) => time), [events.length]) },
    { name: 'events_kind.npy', content: encodeNpy(Int32Array.from(events, ({ kind }) => kind), [events.length]) },
  ];
}

function clearUnits(probe: ProbeTruth, spikes: SpikeTruth): UnitTruth[] {
  const counts = new Int32Array(probe.units.length);
  for (const unit of spikes.units) counts[unit]!++;
  return probe.units.filter(({ unit, amplitudeUv, column }) => column >= 0 && amplitudeUv >= clear.amplitudeUv && counts[unit]! >= clear.spikes);
}

function note(truth: Truth, probe: ProbeTruth, spikes: SpikeTruth): string {
  return `${probe.stream}, gate ${spikes.gate}: times in samples from the start of the gate's first file (sample ${gateStart(truth, probe, spikes)} of the stream), gaps counted; `
    + `units are those with a peak of at least ${clear.amplitudeUv} uV and ${clear.spikes} spikes; the spikes of the others are in the data and in these lists too; rows of the positions follow units`;
}

function gateStart(truth: Truth, probe: ProbeTruth, spikes: SpikeTruth): number {
  return streamOf(truth, probe).files.find((file) => file.gate === spikes.gate)!.firstSample;
}

function streamOf(truth: Truth, probe: ProbeTruth): StreamTruth {
  return truth.streams.find((stream) => stream.stream === probe.stream)!;
}

function positions(units: readonly UnitTruth[]): Uint8Array {
  return encodeNpy(Float32Array.from(units.flatMap(({ x, y, z }) => [x, y, z])), [units.length, 3]);
}

function int64(values: Float64Array): Uint8Array {
  const data = new BigInt64Array(values.length);
  for (let index = 0; index < values.length; index++) data[index] = BigInt(values[index]!);
  return encodeNpy(data, [data.length]);
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

// The AP stream of a probe: spikes, the background of far cells, amplifier noise, what is common to all channels, and in
// full-band streams the local field potential.

import type { BlockSource } from './blockSource.ts';
import { blockSamples, digitize, mixAndDigitize, putWord } from './blockSource.ts';
import { makeBackground } from './background.ts';
import { fillCommonTracks } from './commonTracks.ts';
import { digitalWords } from './digitalWords.ts';
import { makeLfp } from './lfp.ts';
import { channelTraits } from './channelTraits.ts';
import type { ProbeWorld, Surroundings } from './probeWorld.ts';
import { conversionLag } from './probeWorld.ts';
import { muxRow, tshiftDivisor } from '../spikeglx/index.ts';
import { addWhiteNoise, randomKey } from './random.ts';
import { spikeAdder } from './spikeField.ts';

/** AP samples per LFP knot. */
const knot = 12;

export function apSource(world: ProbeWorld, surroundings: Surroundings): BlockSource {
  const { description, facts, saved, index, clock } = world;
  const { seed } = surroundings.run;
  const channels = saved.ap;
  const columns = channels.length + saved.sy.length;
  const sites = channels.map((channel) => world.sites[channel]!);
  const lags = Float64Array.from(channels, (channel) => conversionLag(facts, 'ap', channel));
  const rows = channels.map((channel) => muxRow(facts, channel));
  const traits = channelTraits(world, seed);
  const addSpikes = spikeAdder({
    seed, probeIndex: index, probe: description, seconds: surroundings.seconds, onsets: responseOnsets(world, surroundings),
    units: world.units, clock, sites, lags, bottom: world.bottom, top: world.top,
    deaf: new Set(channels.flatMap((channel, column) => (traits.silent[channel] || world.sites[channel]!.y > world.surfaceY ? [column] : []))),
  });
  const background = makeBackground(world, seed);
  const lfp = world.fullBand && description.noise.lfpUv > 0 ? makeLfp(sites, description.noise.lfpUv, world.surfaceY, seed, index) : undefined;
  const common = {
    noise: description.noise, clock, rows: facts.muxGroups, divisor: tshiftDivisor(facts, 'ap'), lowFrequencies: world.fullBand,
    noiseStep: 3, key: randomKey(seed, 'common', index), artefacts: surroundings.artefacts,
  };
  const white = randomKey(seed, 'white', index);
  const planes = new Float32Array(channels.length * blockSamples);
  const tracks = new Float32Array(facts.muxGroups * blockSamples);
  const knots = new Float32Array(Math.ceil(blockSamples / knot) + 3);

  const renderNeural = (block: number, into: Int16Array) => {
    const first = block * blockSamples;
    const firstKnot = Math.floor(first / knot);
    const level = traits.level(clock.timeAt(first));
    planes.fill(0);
    addSpikes(planes, first, blockSamples);
    fillCommonTracks(tracks, common, first, blockSamples);
    background.prepare(block);
    lfp?.prepare(firstKnot, knots.length);
    for (let column = 0; column < channels.length; column++) {
      const channel = channels[column]!;
      const plane = planes.subarray(column * blockSamples, (column + 1) * blockSamples);
      addWhiteNoise(plane, blockSamples, level * traits.whiteUv[channel]!, white, channel, block);
      const scale = { countsPerUnit: (facts.maxInt * world.apGains[channel]!) / (1e6 * facts.vmax), maxInt: facts.maxInt };
      if (traits.silent[channel]) {
        digitize(plane, scale, into, column, columns);
        continue;
      }
      if (lfp) {
        knots.fill(0);
        lfp.add(knots, knots.length, firstKnot, column);
        addInterpolated(plane, knots, (first + lags[column]!) / knot - firstKnot);
      }
      const track = tracks.subarray(rows[column]! * blockSamples, (rows[column]! + 1) * blockSamples);
      mixAndDigitize(plane, background.at(column), level, track, traits.commonGain[channel]!, scale, into, column, columns);
    }
  };
  return {
    columns,
    render(block, into) {
      renderNeural(block, into);
      const words = digitalWords(surroundings.trains, surroundings.counters, `imec${index}`, 1, clock, block * blockSamples, blockSamples);
      saved.sy.forEach((_, sy) => putWord(words, 0, into, channels.length + sy, columns));
    },
  };
}

/** Onsets of the events that the probe's responsive units answer to. */
export function responseOnsets(world: ProbeWorld, surroundings: Surroundings): Float64Array {
  const name = world.description.units.responsive?.to;
  return surroundings.trains.find((train) => train.name === name)?.onsets ?? new Float64Array(0);
}

/** Adds the knots, joined by straight lines, at positions start, start + 1/knot, ... */
function addInterpolated(into: Float32Array, knots: Float32Array, start: number): void {
  const step = 1 / knot;
  for (let i = 0, at = start; i < into.length; i++, at += step) {
    const here = at | 0;
    const left = knots[here]!;
    into[i] = into[i]! + left + (at - here) * (knots[here + 1]! - left);
  }
}

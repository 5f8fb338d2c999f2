// The LF stream of a probe that has one: local field potential, hum, slow common noise, artefacts; what a 500 Hz filter
// leaves of spikes is left out. Its samples are taken with every twelfth AP sample; rows of the multiplex table follow
// each other by a twelfth of an LF sample.

import { muxRow, tshiftDivisor } from '../spikeglx/index.ts';
import type { BlockSource } from './blockSource.ts';
import { blockSamples, digitize, putWord } from './blockSource.ts';
import { channelTraits } from './channelTraits.ts';
import type { Clock } from './clock.ts';
import { fillCommonTracks } from './commonTracks.ts';
import { digitalWords } from './digitalWords.ts';
import { makeLfp } from './lfp.ts';
import type { ProbeWorld, Surroundings } from './probeWorld.ts';
import { conversionLag } from './probeWorld.ts';
import { addWhiteNoise, randomKey } from './random.ts';

/** @param clock of the LF stream */
export function lfSource(world: ProbeWorld, surroundings: Surroundings, clock: Clock): BlockSource {
  const { description, facts, saved, index } = world;
  const { seed } = surroundings.run;
  const channels = saved.lf.map((channel) => channel - facts.acqAp);
  const columns = channels.length + saved.sy.length;
  const traits = channelTraits(world, seed);
  const lfp = makeLfp(channels.map((channel) => world.sites[channel]!), description.noise.lfpUv, world.surfaceY, seed, index);
  const common = {
    noise: description.noise, clock, rows: facts.muxGroups, divisor: tshiftDivisor(facts, 'lf'), lowFrequencies: true,
    noiseStep: 8, key: randomKey(seed, 'common low', index), artefacts: surroundings.artefacts,
  };
  const white = randomKey(seed, 'white low', index);
  const plane = new Float32Array(blockSamples);
  const tracks = new Float32Array(facts.muxGroups * blockSamples);
  const knots = new Float32Array(blockSamples + 1);

  const renderChannel = (column: number, first: number, block: number) => {
    const channel = channels[column]!;
    const offset = muxRow(facts, channel) * blockSamples;
    const gain = traits.commonGain[channel]!;
    const lag = conversionLag(facts, 'lf', channel);
    plane.fill(0);
    addWhiteNoise(plane, blockSamples, traits.whiteUv[channel]!, white, channel, block);
    if (traits.silent[channel]) return;
    knots.fill(0);
    lfp.add(knots, blockSamples + 1, first, column);
    for (let i = 0; i < plane.length; i++) {
      plane[i] = plane[i]! + knots[i]! + lag * (knots[i + 1]! - knots[i]!) + gain * tracks[offset + i]!;
    }
  };
  return {
    columns,
    render(block, into) {
      const first = block * blockSamples;
      fillCommonTracks(tracks, common, first, blockSamples);
      lfp.prepare(first, blockSamples + 1);
      channels.forEach((channel, column) => {
        renderChannel(column, first, block);
        digitize(plane, { countsPerUnit: (facts.maxInt * world.lfGains[channel]!) / (1e6 * facts.vmax), maxInt: facts.maxInt }, into, column, columns);
      });
      const words = digitalWords(surroundings.trains, surroundings.counters, `imec${index}`, 1, clock, first, blockSamples);
      saved.sy.forEach((_, sy) => putWord(words, 0, into, channels.length + sy, columns));
    },
  };
}

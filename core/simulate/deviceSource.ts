// The NI or OneBox stream: analog channels that show square or photodiode pulses (or wander about, like a running
// wheel), digital words, SY.

import type { BlockSource } from './blockSource.ts';
import { blockSamples, digitize, putWord } from './blockSource.ts';
import { firstSampleFrom } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Device } from './device.ts';
import { digitalWords, pulsesIn } from './digitalWords.ts';
import type { Outlet } from './description.ts';
import type { Surroundings } from './probeWorld.ts';
import type { PulseTrain } from './pulses.ts';
import { addWhiteNoise, randomKey } from './random.ts';
import { addSmoothNoise } from './smoothNoise.ts';

type AnalogOutlet = Extract<Outlet, { channel: number }>;

/** 16 bits over the input range. */
const maxInt = 32768;

export function deviceSource(device: Device, label: string, surroundings: Surroundings, clock: Clock): BlockSource {
  const { seed } = surroundings.run;
  const columns = device.saved.length;
  const white = randomKey(seed, 'input noise', label);
  const volts = new Float32Array(blockSamples);
  const inputs = [...new Set(device.acquired.flatMap((column) => ('input' in column ? [column.input] : [])))];

  const fillAnalog = (channel: number, xa: number | undefined, first: number, block: number) => {
    volts.fill(0);
    addWhiteNoise(volts, blockSamples, device.noiseV, white, channel, block);
    if (xa === undefined) return;
    const shown = surroundings.trains.flatMap((train) => train.outlets.flatMap((outlet) => (outlet.stream === label && 'channel' in outlet && outlet.channel === xa ? [{ train, outlet }] : [])));
    for (const { train, outlet } of shown) addPulses(volts, train, outlet, clock, first);
    if (shown.length === 0) addSmoothNoise(volts, blockSamples, (first / clock.rate) * 2, 2 / clock.rate, randomKey(seed, 'wheel', label, xa), 0.06 * device.rangeV);
  };
  return {
    columns,
    render(block, into) {
      const first = block * blockSamples;
      const words = new Map(inputs.map((input) => {
        const count = device.acquired.filter((column) => 'input' in column && column.input === input).length;
        return [input, digitalWords(surroundings.trains, surroundings.counters, input, count, clock, first, blockSamples)];
      }));
      device.saved.forEach((channel, column) => {
        const acquired = device.acquired[channel]!;
        if ('input' in acquired) return putWord(words.get(acquired.input)!, acquired.index * blockSamples, into, column, columns);
        fillAnalog(channel, acquired.kind === 'xa' ? acquired.index : undefined, first, block);
        digitize(volts, { countsPerUnit: (maxInt * acquired.gain) / device.rangeV, maxInt }, into, column, columns);
      });
    },
  };
}

/** A photodiode follows the screen in about a millisecond and sees its refresh. */
const diode = { tauS: 0.0012, refreshHz: 60, ripple: 0.06, tailS: 0.02 };

function addPulses(volts: Float32Array, train: PulseTrain, outlet: AnalogOutlet, clock: Clock, first: number): void {
  const tail = outlet.shape === 'photodiode' ? diode.tailS : 0;
  for (const pulse of pulsesIn(train, clock.timeAt(first - 1) - tail, clock.timeAt(first + blockSamples))) {
    const [onset, offset] = [train.onsets[pulse]!, train.offsets[pulse]!];
    const from = Math.max(0, firstSampleFrom(clock, onset) - first);
    const to = Math.min(blockSamples, firstSampleFrom(clock, offset + tail) - first);
    for (let i = from; i < to; i++) {
      volts[i] = volts[i]! + outlet.volts * (outlet.shape === 'square' ? 1 : diodeLevel(clock.timeAt(first + i), onset, offset));
    }
  }
}

function diodeLevel(time: number, onset: number, offset: number): number {
  const lit = Math.min(time, offset) - onset;
  const level = 1 - Math.exp(-lit / diode.tauS);
  const flicker = 1 - diode.ripple * (0.5 + 0.5 * Math.cos(2 * Math.PI * diode.refreshHz * (time - onset)));
  return level * flicker * (time > offset ? Math.exp(-(time - offset) / diode.tauS) : 1);
}

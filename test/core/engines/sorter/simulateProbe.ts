// A simulated probe with known spikes for the sorter's tests: waveforms are formulas evaluated at the true time (between
// samples) and place (with drift) of every spike. Shares nothing with the sorter's own templates.

import fs from 'node:fs';
import path from 'node:path';

export interface ProbePlan {
  readonly channels: number;
  readonly seconds: number;
  readonly units: number;
  /** um at the tip, towards 30 % of it at the top of 3840 um; 0 = static. */
  readonly drift: number;
  readonly seed: number;
  /** Median trough, uV. */
  readonly amplitude?: number;
  /** um between the tip and the lowest site. */
  readonly lowest?: number;
  /** Seconds before the drift sets in. */
  readonly still?: number;
  /** um per second. */
  readonly speed?: number;
  readonly shanks?: number;
  /** Mean spikes per second of a unit. */
  readonly rate?: number;
  /** um over which waveforms decay; default 22 to 42. */
  readonly reach?: number;
}

export interface SimulatedUnit {
  readonly x: number;
  readonly y: number;
  readonly shank: number;
  /** Trough at the nearest place, uV. */
  readonly amplitude: number;
  readonly spikes: number;
}

export interface SimulatedProbe {
  readonly bin: string;
  readonly truth: { readonly times: Float64Array; readonly units: Int32Array };
  readonly units: readonly SimulatedUnit[];
  readonly displacement: (seconds: number, y: number) => number;
}

const rate = 30000;
const microvolts = 0.6e6 / 512 / 500;

type Random = () => number;

function mulberry(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** x of the sites of a row: the four staggered columns of the 1.0 probe. */
function sitesOf(plan: ProbePlan): { x: number; y: number; shank: number }[] {
  const shanks = plan.shanks ?? 1;
  const each = plan.channels / shanks;
  return Array.from({ length: plan.channels }, (_, channel) => {
    const shank = Math.floor(channel / each);
    const own = channel % each;
    const row = own >> 1;
    return { x: (own % 2 === 0 ? (row % 2 === 0 ? 27 : 11) : (row % 2 === 0 ? 59 : 43)), y: (plan.lowest ?? 0) + 20 * row, shank };
  });
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly shank: number;
  readonly amplitude: number;
  readonly reach: number;
  readonly width: number;
  readonly late: number;
  readonly lateAt: number;
  readonly lateWidth: number;
  readonly speed: number;
  readonly skew: number;
}

function makeCells(plan: ProbePlan, random: Random): Cell[] {
  const sites = sitesOf(plan);
  const top = Math.max(...sites.map((site) => site.y));
  const bottom = plan.lowest ?? 0;
  return Array.from({ length: plan.units }, (_, k) => ({
    x: 5 + 60 * random(),
    y: bottom + (top - bottom) * random(),
    z: 8 + 25 * random(),
    shank: k % (plan.shanks ?? 1),
    amplitude: Math.min(400, Math.max(12, (plan.amplitude ?? 80) * Math.exp(0.65 * normal(random)))),
    reach: (plan.reach ?? 22) * (1 + 0.9 * random()),
    width: (0.07 + 0.09 * random()) * 1e-3,
    late: 0.15 + 0.35 * random(),
    lateAt: (0.3 + 0.35 * random()) * 1e-3,
    lateWidth: (0.14 + 0.16 * random()) * 1e-3,
    speed: (0.4 + 0.8 * random()) * 1e6 * (random() < 0.5 ? -1 : 1),
    skew: 0.6 * (random() - 0.5),
  }));
}

function fireTimes(plan: ProbePlan, random: Random): { time: number; scale: number }[] {
  const mean = Math.min(25, Math.max(1, (plan.rate ?? 7) * Math.exp(0.6 * normal(random))));
  const bursty = random() < 0.3;
  const spikes: { time: number; scale: number }[] = [];
  for (let time = 0; ;) {
    time += 2.5e-3 - Math.log(1 - random()) / (bursty ? mean / 2.5 : mean);
    if (time > plan.seconds - 0.01) return spikes;
    spikes.push({ time, scale: 1 });
    const extra = bursty ? Math.floor(4 * random()) : 0;
    for (let k = 1; k <= extra && time < plan.seconds - 0.02; k++) {
      time += 3e-3 + 5e-3 * random();
      spikes.push({ time, scale: 0.9 ** k });
    }
  }
}

/** Zigzag between -drift and +drift, growing from zero after the still time. */
function displacementOf(plan: ProbePlan): (seconds: number, y: number) => number {
  const speed = plan.speed ?? 1.25;
  return (seconds, y) => {
    if (plan.drift === 0 || seconds < (plan.still ?? 8)) return 0;
    const phase = ((seconds - (plan.still ?? 8)) * speed) / plan.drift;
    const wave = Math.abs((((phase + 1) % 4) + 4) % 4 - 2) - 1;
    return -plan.drift * wave * (1 - (0.7 * y) / 3840);
  };
}

/** Writes `<folder>/sim_g0_t0.imec0.ap.bin` and its meta. */
export function simulateProbe(folder: string, plan: ProbePlan): SimulatedProbe {
  const random = mulberry(plan.seed);
  const sites = sitesOf(plan);
  const cells = makeCells(plan, random);
  const displacement = displacementOf(plan);
  const spikes = cells.flatMap((_, unit) => fireTimes(plan, random).map((spike) => ({ ...spike, unit, gain: spike.scale * (1 + 0.08 * normal(random)) })));
  spikes.sort((a, b) => a.time - b.time || a.unit - b.unit);
  const bin = path.join(folder, 'sim_g0_t0.imec0.ap.bin');
  const file = fs.openSync(bin, 'w');
  const noise = makeNoise(plan, sites);
  const chunk = rate / 2;
  const tail = 120;
  let trace = new Float32Array((chunk + 2 * tail) * plan.channels);
  let next = 0;
  for (let start = 0; start < plan.seconds * rate; start += chunk) {
    const later = new Float32Array(trace.length);
    later.set(trace.subarray(chunk * plan.channels));
    trace = later;
    // Spikes are added up to `tail` samples ahead; what reaches further back was already there.
    for (; next < spikes.length && spikes[next].time * rate < start + chunk + tail - 60; next++) {
      const spike = spikes[next];
      const cell = cells[spike.unit];
      addSpike(trace, start, plan.channels, sites, cell, spike.time, spike.gain, displacement(spike.time, cell.y));
    }
    writeChunk(file, trace, noise, chunk, plan.channels);
  }
  fs.closeSync(file);
  writeMeta(bin, plan, sites);
  const counts = new Int32Array(cells.length);
  for (const spike of spikes) counts[spike.unit]++;
  return {
    bin,
    truth: { times: Float64Array.from(spikes, (spike) => Math.round(spike.time * rate)), units: Int32Array.from(spikes, (spike) => spike.unit) },
    units: cells.map((cell, k) => ({ x: cell.x, y: cell.y, shank: cell.shank, amplitude: cell.amplitude * strengthAt(cell, sites), spikes: counts[k] })),
    displacement,
  };
}

const distanceTo = (cell: Cell, site: { x: number; y: number }, moved: number): number => Math.hypot(site.x - cell.x, site.y - cell.y - moved, cell.z) - cell.z;

function strengthAt(cell: Cell, sites: readonly { x: number; y: number; shank: number }[]): number {
  return Math.max(...sites.filter((site) => site.shank === cell.shank).map((site) => Math.exp(-distanceTo(cell, site, 0) / cell.reach)));
}

function addSpike(trace: Float32Array, start: number, channels: number, sites: readonly { x: number; y: number; shank: number }[], cell: Cell, time: number, gain: number, moved: number): void {
  const first = Math.max(start === 0 ? 0 : start - 60, Math.floor(time * rate) - 45);
  sites.forEach((site, channel) => {
    const dy = site.y - cell.y - moved;
    if (site.shank !== cell.shank || Math.abs(dy) > 140) return;
    const distance = distanceTo(cell, site, moved);
    const height = cell.amplitude * gain * Math.exp(-distance / cell.reach) * (1 + cell.skew * Math.tanh(dy / 60));
    if (height < 0.3) return;
    const width = cell.width * (1 + distance / 250);
    const trough = time + dy / cell.speed;
    for (let t = first; t < first + 120; t++) {
      const at = (t - start) * channels + channel;
      if (at < 0 || at >= trace.length) continue;
      const since = t / rate - trough;
      trace[at] += height * (-Math.exp(-0.5 * (since / width) ** 2) + cell.late * Math.exp(-0.5 * ((since - cell.lateAt) / cell.lateWidth) ** 2));
    }
  });
}

/** Noise of 5 to 7 uV, shared between neighbours and coloured in time. */
function makeNoise(plan: ProbePlan, sites: readonly unknown[]): (into: Float32Array, count: number) => void {
  const table = Float32Array.from({ length: 65536 }, (() => {
    const random = mulberry(plan.seed + 7919);
    return () => normal(random);
  })());
  const channels = sites.length;
  let state = (plan.seed * 2654435761) >>> 0 || 1;
  const slow = new Float32Array(channels + 8);
  const fast = new Float32Array(channels + 8);
  const level = Float32Array.from({ length: channels }, (_, k) => 4.2 + 1.2 * table[(k * 97) & 65535] ** 2 * 0.2 + (k % 3) * 0.3);
  return (into, count) => {
    for (let t = 0; t < count; t++) {
      for (let k = 0; k < channels + 8; k++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const fresh = table[state & 65535];
        slow[k] = 0.75 * slow[k] + 0.55 * table[(state >>> 16) & 65535];
        fast[k] = fresh + 0.7 * slow[k];
      }
      for (let k = 0; k < channels; k++) {
        into[t * channels + k] += level[k] * (0.8 * fast[k + 4] + 0.3 * (fast[k + 2] + fast[k + 6]) + 0.15 * (fast[k] + fast[k + 8 > channels + 7 ? channels + 7 : k + 8]));
      }
    }
  };
}

function writeChunk(file: number, trace: Float32Array, noise: (into: Float32Array, count: number) => void, chunk: number, channels: number): void {
  noise(trace, chunk);
  const out = new Int16Array(chunk * (channels + 1));
  for (let t = 0; t < chunk; t++) {
    for (let k = 0; k < channels; k++) out[t * (channels + 1) + k] = Math.round(trace[t * channels + k] / microvolts);
  }
  fs.writeSync(file, new Uint8Array(out.buffer));
}

function writeMeta(bin: string, plan: ProbePlan, sites: readonly { x: number; y: number; shank: number }[]): void {
  const shanks = plan.shanks ?? 1;
  const channels = plan.channels;
  const lines = [
    'typeThis=imec', 'imDatPrb_pn=NP1000', 'imDatPrb_type=0', 'imAiRangeMax=0.6', 'imAiRangeMin=-0.6', 'imMaxInt=512', `imSampRate=${rate}`,
    `nSavedChans=${channels + 1}`, `snsApLfSy=${channels},0,1`, 'acqApLfSy=384,384,1', `snsSaveChanSubset=0:${channels - 1},768`,
    `fileSizeBytes=${plan.seconds * rate * (channels + 1) * 2}`, `fileTimeSecs=${plan.seconds}`, 'firstSample=0',
    `~imroTbl=(0,384)${Array.from({ length: 384 }, (_, k) => `(${k} 0 0 500 250 1)`).join('')}`,
    `~snsGeomMap=(NP1000,${shanks},250,70)${sites.map((site) => `(${site.shank}:${site.x}:${site.y}:1)`).join('')}`,
  ];
  fs.writeFileSync(bin.replace(/\.bin$/, '.meta'), `${lines.join('\n')}\n`);
}

// The whole sorter on small simulated probes: accuracy, the folder it leaves, the same bytes for any number of workers,
// several shanks, dead channels, silence.

import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import type { EngineContext, TaskPool } from '../../../../core/common/index.ts';
import { compareSortings } from '../../../../core/engines/compare/index.ts';
import { runSorter, tasks } from '../../../../core/engines/sorter/index.ts';
import type { SorterOptions, SorterResult } from '../../../../core/engines/sorter/index.ts';
import { npyNumbers, parseNpy } from '../../../../core/formats/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { simulateProbe } from './simulateProbe.ts';
import type { ProbePlan, SimulatedProbe } from './simulateProbe.ts';

const rate = 30000;
const load = (folder: string, name: string) => {
  const array = parseNpy(new Uint8Array(fs.readFileSync(path.join(folder, name))), name);
  return { ...array, numbers: npyNumbers(array) };
};

/** Like a pool of several threads as far as order goes: what is submitted together runs last first. */
function backwardsPool(size: number): TaskPool {
  const inner = inlinePool(tasks);
  let waiting: (() => void)[] = [];
  return {
    size,
    run: <Result>(task: string, payload: unknown) => new Promise<Result>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => {
        const now = waiting.reverse();
        waiting = [];
        for (const start of now) start();
      });
      waiting.push(() => void inner.run<Result>(task, structuredClone(payload)).then(resolve, reject));
    }),
  };
}

const warnings: string[] = [];
const contextWith = (pool: TaskPool): EngineContext => ({ pool, log: () => undefined, warn: (line) => void warnings.push(line) });

function simulated(plan: ProbePlan): SimulatedProbe & { folder: string } {
  const folder = temporaryFolder();
  return { ...simulateProbe(folder, plan), folder };
}

const sort = (sim: SimulatedProbe & { folder: string }, name: string, options: Partial<SorterOptions> = {}, pool: TaskPool = inlinePool(tasks)): Promise<SorterResult> =>
  runSorter({ bin: sim.bin, dest: path.join(sim.folder, name), ...options }, contextWith(pool));

const scoreOf = (sim: SimulatedProbe & { folder: string }, name: string) => {
  const folder = path.join(sim.folder, name);
  return compareSortings(sim.truth, { times: load(folder, 'spike_times.npy').numbers, units: load(folder, 'spike_clusters.npy').numbers }, rate);
};

describe('a drifting probe of 64 channels', () => {
  const seconds = 10;
  let sim: SimulatedProbe & { folder: string };
  let result: SorterResult;
  let folder: string;

  beforeAll(async () => {
    sim = simulated({ channels: 64, seconds, units: 12, drift: 10, seed: 5, still: 2, speed: 5, rate: 10, amplitude: 100 });
    result = await sort(sim, 'sorted');
    folder = path.join(sim.folder, 'sorted');
  });

  test('finds nearly all units well and invents none', () => {
    const score = scoreOf(sim, 'sorted');
    const clear = score.units.filter((unit) => sim.units[unit.unit].amplitude >= 40 && sim.units[unit.unit].spikes >= 40);
    expect(clear.filter((unit) => unit.accuracy >= 0.8).length).toBeGreaterThanOrEqual(clear.length - 1);
    expect(score.false_positive + score.redundant).toBeLessThanOrEqual(1);
    expect(score.overmerged).toBe(0);
  });

  test('follows the drift', () => {
    expect(result.largestDisplacement).toBeGreaterThan(5);
    const motion = load(folder, 'motion.npy');
    expect(motion.shape).toEqual([seconds, load(folder, 'motion_depth_um.npy').numbers.length]);
    const depths = load(folder, 'motion_depth_um.npy').numbers;
    const errors = Array.from(motion.numbers, (value, k) => value - sim.displacement(Math.floor(k / depths.length) + 0.5, depths[k % depths.length]));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length)).toBeLessThan(3);
  });

  test('leaves a folder whose arrays fit together', () => {
    const spikes = result.spikes;
    const units = result.units.length;
    const shapes: Record<string, [string, (number | undefined)[]]> = {
      'spike_times.npy': ['<i8', [spikes]], 'spike_clusters.npy': ['<i4', [spikes]], 'spike_templates.npy': ['<i4', [spikes]], 'amplitudes.npy': ['<f4', [spikes]],
      'templates.npy': ['<f4', [units, 61, 64]], 'templates_ind.npy': ['<i8', [units, 64]], 'similar_templates.npy': ['<f4', [units, units]],
      'whitening_mat.npy': ['<f4', [64, 64]], 'whitening_mat_inv.npy': ['<f4', [64, 64]], 'channel_map.npy': ['<i4', [64]], 'channel_positions.npy': ['<f4', [64, 2]],
      'channel_shanks.npy': ['<f4', [64]], 'spike_positions.npy': ['<f4', [spikes, 2]], 'spike_detection_templates.npy': ['<i4', [spikes]],
    };
    for (const [name, [dtype, shape]] of Object.entries(shapes)) expect({ name, dtype: load(folder, name).dtype, shape: load(folder, name).shape }).toEqual({ name, dtype, shape });
    const times = load(folder, 'spike_times.npy').numbers;
    expect(times.every((time, k) => k === 0 || time >= times[k - 1])).toBe(true);
    expect(new Set(load(folder, 'spike_clusters.npy').numbers).size).toBe(units);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    for (const name of ['Amplitude', 'ContamPct', 'KSLabel', 'group']) {
      const lines = fs.readFileSync(path.join(folder, `cluster_${name}.tsv`), 'utf8').trimEnd().split('\n');
      expect(lines[0]).toBe(`cluster_id\t${name}`);
      expect(lines.slice(1).map((line) => Number(line.split('\t')[0]))).toEqual(Array.from({ length: units }, (_, id) => id));
    }
  });

  test('PC features: peak channel first, troughs positive, every channel within 68 um', () => {
    const features = load(folder, 'pc_features.npy');
    const indices = load(folder, 'pc_feature_ind.npy');
    const positions = load(folder, 'channel_positions.npy').numbers;
    const clusters = load(folder, 'spike_clusters.npy').numbers;
    const [spikes, components, width] = features.shape;
    expect([spikes, components, indices.shape[1]]).toEqual([result.spikes, 3, width]);
    for (const unit of result.units) {
      const means = Array.from({ length: width }, (_, column) => {
        const values = Array.from(clusters.keys()).filter((k) => clusters[k] === unit.id).map((k) => features.numbers[k * components * width + column]);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      });
      expect(Math.max(...means)).toBeGreaterThan(3);
      const listed = new Set(indices.numbers.slice(unit.id * width, (unit.id + 1) * width));
      for (let site = 0; site < 64; site++) {
        const away = Math.hypot(positions[2 * site] - positions[2 * unit.peakSite], positions[2 * site + 1] - positions[2 * unit.peakSite + 1]);
        if (away <= 68) expect(listed).toContain(site);
      }
    }
  });

  test('params.py names the recording relative to the folder', () => {
    const params = fs.readFileSync(path.join(folder, 'params.py'), 'utf8');
    expect(params).toContain('dat_path = "../sim_g0_t0.imec0.ap.bin"');
    expect(params).toContain('n_channels_dat = 65');
    expect(params).toContain('sample_rate = 30000');
  });

  test('leaves the recording as it was', () => {
    expect(fs.readdirSync(sim.folder).filter((name) => name.startsWith('sim')).sort()).toEqual(['sim_g0_t0.imec0.ap.bin', 'sim_g0_t0.imec0.ap.meta']);
  });
});

test('the same bytes from one, two and five workers', async () => {
  const sim = simulated({ channels: 32, seconds: 6, units: 6, drift: 8, seed: 7, still: 1, speed: 6, rate: 14, amplitude: 120 });
  await sort(sim, 'sorted1');
  for (const workers of [2, 5]) {
    await sort(sim, `sorted${workers}`, {}, backwardsPool(workers));
    for (const name of fs.readdirSync(path.join(sim.folder, 'sorted1'))) {
      const [one, many] = [1, workers].map((count) => fs.readFileSync(path.join(sim.folder, `sorted${count}`, name)));
      expect(many.equals(one), `${name}, ${workers} workers`).toBe(true);
    }
  }
});

test('two shanks are sorted side by side: no unit uses channels of both', async () => {
  const sim = simulated({ channels: 48, shanks: 2, seconds: 10, units: 8, drift: 0, seed: 8, rate: 10, amplitude: 110 });
  const result = await sort(sim, 'sorted');
  const score = scoreOf(sim, 'sorted');
  expect(score.well).toBeGreaterThanOrEqual(6);
  const folder = path.join(sim.folder, 'sorted');
  const shanks = load(folder, 'channel_shanks.npy').numbers;
  const templates = load(folder, 'templates.npy').numbers;
  for (const unit of result.units) {
    for (let at = unit.id * 61 * 48; at < (unit.id + 1) * 61 * 48; at++) if (templates[at] !== 0) expect(shanks[at % 48]).toBe(shanks[unit.peakSite]);
  }
});

test('dead and excluded channels are left out of the folder', async () => {
  const sim = simulated({ channels: 32, seconds: 6, units: 5, drift: 0, seed: 9, rate: 14, amplitude: 120 });
  const data = new Int16Array(new Uint8Array(fs.readFileSync(sim.bin)).buffer);
  for (let t = 0; t < 6 * rate; t++) data[t * 33 + 10] = 7;
  fs.writeFileSync(sim.bin, new Uint8Array(data.buffer));
  const result = await sort(sim, 'sorted', { excludeChannels: [3] });
  expect(result.deadChannels).toEqual([10]);
  const map = Array.from(load(path.join(sim.folder, 'sorted'), 'channel_map.npy').numbers);
  expect(map).toEqual(Array.from({ length: 32 }, (_, column) => column).filter((column) => column !== 3 && column !== 10));
});

test('a recording without spikes writes nothing and says so', async () => {
  const sim = simulated({ channels: 16, seconds: 3, units: 0, drift: 0, seed: 10 });
  const result = await sort(sim, 'sorted');
  expect(result.units).toEqual([]);
  expect(fs.existsSync(path.join(sim.folder, 'sorted'))).toBe(false);
  expect(warnings.at(-1)).toMatch(/no units found/);
});

test('a missing meta is named', async () => {
  await expect(runSorter({ bin: path.join(temporaryFolder(), 'x_g0_t0.imec0.ap.bin'), dest: temporaryFolder() }, contextWith(inlinePool(tasks)))).rejects.toThrow(/x_g0_t0\.imec0\.ap\.meta/);
});

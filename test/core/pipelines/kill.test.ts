// A run that is killed at any moment and resumed leaves the same files as one that was not disturbed.

import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { type Tree, tree } from './support.ts';

const root = temporaryFolder();
const script = path.resolve(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'aftergate-tests', `killable-${process.pid}.mjs`);
const session = path.join(root, 'session.json');

beforeAll(async () => {
  await quickRun(path.join(root, 'raw'), {
    name: 'night',
    spans: [{ gate: 0, trigger: 0, fromS: 1.1, toS: 2.6 }, { gate: 0, trigger: 1, fromS: 3, toS: 4 }, { gate: 1, trigger: 0, fromS: 5, toS: 6.5 }],
    probes: [0, 1].map((seed) => ({ partNumber: 'NP1010', savedChannels: `${seed}:${seed + 7}`, units: { count: 2 } })),
  });
  const content = {
    version: 1, kind: 'multi-run', npx_directory: 'raw', run_specs: [['night', ['0', '1'], 'start,end', '0:1']], catGT_dest: 'out', json_directory: 'json',
    modules: ['spike_sorter', 'quality_metrics'], create_aux_timepoints: true, keep_catgt_ap: false, logName: 'pipeline_log.csv',
  };
  await fs.writeFile(session, JSON.stringify(content));
  await build({ entryPoints: [path.join(import.meta.dirname, 'killable.ts')], outfile: script, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
  return () => fs.rm(script, { force: true });
});

/** @param moment when it is killed; 0: never */
function carryOut(moment: number, ...options: string[]): Promise<{ signal: string | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, session, String(moment), ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    child.on('close', (_code, signal) => resolve({ signal, out, err }));
  });
}

async function results(): Promise<Tree> {
  return { ...(await tree(path.join(root, 'out'))), ...(await tree(path.join(root, 'json'))) };
}

async function clear(): Promise<void> {
  for (const folder of ['out', 'json']) await fs.rm(path.join(root, folder), { recursive: true, force: true });
}

/** Park and Miller's generator: the same moments every time. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe('a run that is killed', () => {
  it('ends, once resumed, as if nothing had happened, and recordings are untouched', async () => {
    const raw = await tree(path.join(root, 'raw'));
    const undisturbed = await carryOut(0);
    expect(undisturbed).toMatchObject({ signal: null, err: '' });
    const [moments, states] = undisturbed.out.split(' ');
    expect(states.trim().split(',')).toEqual(Array(18).fill('done')); // for each of two gates CatGT, 2 x 2 modules, aux times, TPrime, 2 removals
    const expected = await results();
    expect(Object.keys(expected).filter((name) => name.endsWith('.part') || name.endsWith('.ap.bin'))).toEqual([]);
    expect(Object.keys(expected).filter((name) => name.endsWith('.ap.bin.removed.json'))).toHaveLength(4);

    const random = randoms(20261122);
    for (let trial = 0; trial < 4; trial++) {
      await clear();
      let kills = 0;
      for (let options: string[] = []; kills < 4; options = ['--resume']) {
        const { signal } = await carryOut(1 + Math.floor(random() * Number(moments) * 0.6), ...options);
        if (signal === null) break;
        expect(signal).toBe('SIGKILL');
        kills++;
      }
      const last = await carryOut(0, '--resume');
      expect(last.err).toBe('');
      expect(kills).toBeGreaterThan(0);
      expect(await results()).toEqual(expected);
    }
    expect(await tree(path.join(root, 'raw'))).toEqual(raw);
  });

  it('does nothing twice: what was done before is kept', async () => {
    await clear();
    await carryOut(0);
    const again = await carryOut(0, '--resume');
    expect(again.out).toMatch(/^\d+ (kept,){17}kept\n$/);
  });
});

// The loader picks what the engine can run, and needs nothing of Node.

import { describe, expect, it } from 'vitest';
import { createKernelLoader, loadKernels, planMemory } from '../../../core/kernels/index.ts';
import { plainKernels, relaxedKernels } from '../../../core/kernels/generated/binaries.ts';

describe('the kernel loader', () => {
  it('asks to enable relaxed SIMD only when the engine refuses the relaxed module', () => {
    let asked = 0;
    const load = createKernelLoader({ plain: plainKernels, relaxed: plainKernels }, () => { asked++; });
    load(1);
    expect(asked).toBe(0);
    const broken = btoa('not a module');
    const fallback = createKernelLoader({ plain: plainKernels, relaxed: broken }, () => { asked++; });
    expect(fallback(1).kernels.calibrate(1)).toBeGreaterThan(0);
    expect(asked).toBe(1);
  });

  it('takes the plain module on request', () => {
    const load = createKernelLoader({ plain: plainKernels, relaxed: btoa('never looked at') });
    expect(load(1, 'plain').kernels.calibrate(1)).toBeGreaterThan(0);
  });

  it('gives each instance its own zeroed memory', () => {
    const [a, b] = [loadKernels(100_000), loadKernels(100_000)];
    expect(a.buffer.byteLength).toBe(131_072);
    new Uint8Array(a.buffer).fill(1);
    expect(new Uint8Array(b.buffer).every((byte) => byte === 0)).toBe(true);
  });

  it('has two different modules to choose from', () => {
    expect(plainKernels).not.toBe(relaxedKernels);
  });
});

it('a memory plan keeps areas apart, on cache lines, above the first kilobyte', () => {
  const plan = planMemory({ a: 1, b: 100, empty: 0, c: 64 });
  expect(plan).toEqual({ a: 1024, b: 1088, empty: 1216, c: 1216, bytes: 1280 });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSglxName, parseSglxName, streamLabel, streamSuffix } from '../../../core/spikeglx/index.ts';
import type { StreamId } from '../../../core/spikeglx/index.ts';

describe('file names', () => {
  it.each([
    ['mouse_g0_t0.imec0.ap.bin', 'mouse', 0, 0, 'imec0.ap'],
    ['mouse_g2_t17.imec3.lf.meta', 'mouse', 2, 17, 'imec3.lf'],
    ['mouse_g0_tcat.nidq.bin', 'mouse', 0, 'cat', 'nidq'],
    ['mouse_g0_t1.obx2.obx.bin', 'mouse', 0, 1, 'obx2'],
    ['Maus 7 ü_g0_t3_g1_t2.nidq.bin', 'Maus 7 ü_g0_t3', 1, 2, 'nidq'],
    ['a.imec0.ap_g0_t0.imec1.ap.bin', 'a.imec0.ap', 0, 0, 'imec1.ap'],
  ])('%s', (file, run, gate, trigger, label) => {
    const name = parseSglxName(file)!;
    expect(name).toMatchObject({ run, gate, trigger, exported: false, threeA: false });
    expect(streamLabel(name.stream)).toBe(label);
    expect(file.startsWith(`${formatSglxName(name)}.`)).toBe(true);
  });

  it('knows phase 3A, whose probes have no number, and exported parts', () => {
    expect(parseSglxName('old_g0_t0.imec.ap.bin')).toMatchObject({ threeA: true, stream: { kind: 'ap', index: 0 } });
    expect(parseSglxName('x_g0_tcat.exported.imec0.ap.bin')).toMatchObject({ exported: true, trigger: 'cat' });
    expect(streamSuffix({ kind: 'lf', index: 0 }, { threeA: true })).toBe('.imec.lf');
    expect(streamSuffix({ kind: 'nidq', index: 0 }, { exported: true })).toBe('.exported.nidq');
  });

  it.each(['mouse_g0_t0.imec0.ap', 'mouse_g0.imec0.ap.bin', 'mouse_g0_t0.imec0.bin', 'mouse_g00_t0.nidq.bin', '_g0_t0.nidq.bin', 'x_g0_t0.obx.obx.bin', 'folder/x_g0_t0.nidq.bin', 'fyi.txt'])(
    '%s is none', (file) => expect(parseSglxName(file)).toBeUndefined());

  it('reads back whatever it wrote', () => {
    const index = fc.nat(999);
    const stream: fc.Arbitrary<StreamId> = fc.oneof(
      fc.constant<StreamId>({ kind: 'nidq', index: 0 }),
      fc.record({ kind: fc.constantFrom('obx' as const, 'ap' as const, 'lf' as const), index }),
    );
    const run = fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[a_gt0-9 ü.]{1,20}$/)).filter((text) => !/[/\\\n]/.test(text));
    const name = fc.record({ run, gate: index, trigger: fc.oneof(index, fc.constant('cat' as const)), exported: fc.boolean(), threeA: fc.boolean(), stream });
    fc.assert(
      fc.property(name, (drawn) => {
        const isProbe = drawn.stream.kind === 'ap' || drawn.stream.kind === 'lf';
        const threeA = drawn.threeA && isProbe;
        const written = { ...drawn, threeA, stream: threeA ? { ...drawn.stream, index: 0 } : drawn.stream };
        expect(parseSglxName(`${formatSglxName(written)}.bin`)).toEqual(written);
      }),
      { seed: 2 },
    );
  });
});

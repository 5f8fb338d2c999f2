import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSession, inFileOrder, parseNotation, stepNotation } from '../../../../core/pipelines/exchange/index.ts';

const word = fc.string({ minLength: 1, maxLength: 12 });
const content = fc.record({
  car_mode: fc.constantFrom('None', 'gblcar', 'gbldmx', 'loccar'),
  loccar_min: fc.nat(500),
  ks_ver: fc.constantFrom('ag', '4', '2.5'),
  modules: fc.array(fc.constantFrom('kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'), { maxLength: 3 }),
  refPerMS_dict: fc.dictionary(word, fc.double({ min: 0, max: 5, noNaN: true }).map((value) => value + 0), { noNullPrototype: true }),
  ksTh_dict: fc.dictionary(word, fc.constantFrom('[8,9]', '[10,4]'), { noNullPrototype: true }),
  logName: word,
  sync_period: fc.double({ min: 0.001, max: 10, noNaN: true }),
  process_lf: fc.boolean(),
  quality_metrics_params: fc.record({ max_radius_um: fc.integer({ min: 1, max: 500 }) }, { noNullPrototype: true }),
  path_map: fc.array(fc.record({ from: word, to: word }, { noNullPrototype: true }), { maxLength: 2 }),
}, { requiredKeys: [], noNullPrototype: true });
const session = (settings: object): Record<string, unknown> => ({ quality_metrics_params: {}, ...settings, run_specs: [['a_g1', ['0', '0,3'], ['start,end', '0,1'], '0:1', '', ['cortex', 'default']]], npx_directory: ['D:\\dä ta', '/x y'], catGT_dest: '/out', kind: 'multi-run', version: 1 });

describe('a session file', () => {
  it('says the same after going through text, however often, and in one order', () => {
    fc.assert(fc.property(content, (settings) => {
      const text = formatSession(session(settings));
      const again = JSON.parse(text) as Record<string, unknown>;
      expect(again).toEqual(session(settings));
      expect(formatSession(again)).toBe(text);
    }), { numRuns: 200, seed: 4 });
  });

  it('begins with version and kind, and ends with the sections of modules', () => {
    expect(Object.keys(inFileOrder(session({ car_mode: 'None' })))).toEqual(['version', 'kind', 'npx_directory', 'run_specs', 'catGT_dest', 'car_mode', 'quality_metrics_params']);
  });
});

it('settings written as notation come back as they were', () => {
  fc.assert(fc.property(content, (settings) => {
    const before = session(settings);
    const steps = stepNotation(before);
    for (const step of ['sort', 'modules', 'sync']) {
      const { changed, unused } = parseNotation(steps[step], { session: before, runs: [], without: new Set() });
      expect({ step, changed, unused }).toEqual({ step, changed: [], unused: [] });
    }
  }), { numRuns: 100, seed: 5 });
});

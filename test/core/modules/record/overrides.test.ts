import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../core/common/index.ts';
import { applyOverrides, nearMiss, parseParameters, section, sections, whole } from '../../../../core/modules/record/index.ts';
import { editDistance } from '../../../../core/modules/record/nearMiss.ts';

const record = sections({
  sorter_params: section('A sorter.', {
    batches: whole({ help: 'Batches.' }).default(1),
    deep: section('Deeper.', { size: whole({ help: 'Size.' }).default(2) }),
  }),
});

describe('--section.key value', () => {
  it('wins over the JSON, however deep, and leaves the JSON alone', () => {
    const input = { sorter_params: { batches: 7, deep: { size: 3 } }, untouched: 1 };
    const changed = applyOverrides(record, input, { 'sorter_params.batches': '8', 'sorter_params.deep.size': '9' });
    expect(parseParameters(record, changed, () => undefined)).toEqual({ sorter_params: { batches: 8, deep: { size: 9 } } });
    expect(input.sorter_params).toEqual({ batches: 7, deep: { size: 3 } });
  });

  it('makes the section when the JSON has none', () => {
    expect(applyOverrides(record, {}, { 'sorter_params.deep.size': 4 })).toEqual({ sorter_params: { deep: { size: 4 } } });
  });

  it.each(['sorter_params.batchs', 'sorter_params', 'sorter_params.deep', 'batches', 'sorter_params.batches.x', '__proto__.x', 'constructor.name'])('refuses the unknown name %s', (name) => {
    expect(() => applyOverrides(record, {}, { [name]: '1' })).toThrow(UsageError);
  });

  it('says which name was probably meant', () => {
    expect(() => applyOverrides(record, {}, { 'sorter_params.batchs': '1' })).toThrow(expect.objectContaining({ next: 'Did you mean --sorter_params.batches?' }));
  });
});

describe('near misses', () => {
  it('are at most two letters away, and at most a third of the word', () => {
    expect(nearMiss('run_nme', ['run_name', 'gate_string'])).toBe('run_name');
    expect(nearMiss('Run_Name', ['run_name'])).toBe('run_name');
    expect(nearMiss('runname2', ['run_name'])).toBe('run_name');
    expect(nearMiss('rnnm', ['run_name'])).toBeUndefined();
    expect(nearMiss('lam', ['Th'])).toBeUndefined();
  });

  it('the distance is symmetric, zero only for equal words, and obeys the triangle', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(fc.property(word, word, word, (a, b, c) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
    }));
  });
});

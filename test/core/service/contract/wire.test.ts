// Answers on the wire: what goes in comes out, typed arrays included.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAnswer, encodeAnswer, holdsArrays } from '../../../../core/service/contract/index.ts';

const arrays = fc.oneof(
  fc.int16Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), fc.float32Array({ maxLength: 20 }), fc.float64Array({ maxLength: 20 }), fc.int32Array({ maxLength: 20 }), fc.uint32Array({ maxLength: 20 }),
);
const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const answers = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, plain, arrays, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.stringMatching(/^[a-zäö_]{1,8}$/), tie('value'), { maxKeys: 4 })),
})).value;

describe('answers on the wire', () => {
  test('any answer comes back equal', () => {
    fc.assert(fc.property(answers, (answer) => {
      expect(decodeAnswer(encodeAnswer(answer).buffer)).toEqual(answer);
    }), { seed: 1, numRuns: 300 });
  });

  test('only answers with typed arrays need a block', () => {
    expect(holdsArrays({ a: [1, { b: 'x' }] })).toBe(false);
    expect(holdsArrays({ a: [1, { b: new Float32Array(1) }] })).toBe(true);
  });

  test('a block that was cut off is refused', () => {
    const whole = encodeAnswer({ a: new Float64Array(100) });
    expect(() => decodeAnswer(whole.slice(0, 200).buffer)).toThrow(RangeError);
  });
});

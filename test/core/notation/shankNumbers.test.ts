// Numbers of shanks as files carry them, and as people say them.

import { expect, it } from 'vitest';
import { physicalProbe, probeTitle, shankNumber, shankOf, withPhysicalProbe } from '../../../core/notation/index.ts';

it('stand for a probe and a shank of it', () => {
  expect(shankNumber(1, 2)).toBe(1012);
  expect([1, 1012, 1103].map(physicalProbe)).toEqual([1, 1, 10]);
  expect([1, 1012, 1103].map(shankOf)).toEqual([undefined, 2, 3]);
  expect([1, 1012, 1103].map(probeTitle)).toEqual(['imec1', 'imec1 shank 2', 'imec10 shank 3']);
  expect(['imec1012.ap', 'imec2', 'nidq'].map(withPhysicalProbe)).toEqual(['imec1.ap', 'imec2', 'nidq']);
});

// Extractors as text and as fields.

import { describe, expect, it } from 'vitest';
import { type AnalogFields, readExtractorText, readExtractString, unusedSecondThreshold, usesSecondThreshold, withTolerance, writeExtractor, writeExtractString } from '../../../../core/service/contract/index.ts';

describe('an extractor', () => {
  it.each(['-xa=0,0,2,3,4.5,25', '-xia=0,0,1,-0.5,0,12,2.5', '-xd=2,1,-1,6,500', '-xid=1,3,8,1,0', '-bf=0,0,3,4,3,3', '-xa=0,0,0,1e-05,0,25'])('%s comes back as it was', (text) => {
    expect(writeExtractor(readExtractorText(text).fields!)).toBe(text);
  });

  it('takes CatGT\'s separators and a missing dash', () => {
    expect(readExtractorText('xd=0;0 2:1,50').fields).toEqual({ kind: 'xd', js: 0, ip: 0, word: 2, bit: 1, width_ms: 50, tolerance_ms: null });
  });

  it('that cannot be read says why', () => {
    expect(readExtractorText('-xa=0,0,2,3').problem).toContain('-xa takes js,ip,word');
    expect(readExtractorText('-xd=0,0,2,one,5').problem).toBe("'one' is not a number.");
    expect(readExtractorText('-zz=1').problem).toContain('no extractor');
  });
});

describe('a tolerance', () => {
  const pulse: AnalogFields = { kind: 'xa', js: 0, ip: 0, word: 2, threshold1_V: 3, threshold2_V: 4.5, width_ms: 25, tolerance_ms: null };
  it('of exactly 20 % is not written', () => {
    expect(writeExtractor(withTolerance(pulse, 5))).toBe('-xa=0,0,2,3,4.5,25');
    expect(writeExtractor(withTolerance(pulse, 6))).toBe('-xa=0,0,2,3,4.5,25,6');
    expect(writeExtractor(withTolerance({ ...pulse, width_ms: 0.7 }, 0.14))).toBe('-xa=0,0,2,3,4.5,0.7');
  });
});

describe('a second threshold that is switched off', () => {
  it.each([['xa', 3, 0], ['xa', -1, -1], ['xia', -0.5, 0], ['xia', 2, 2]] as const)('of %s at %s V is written as %s', (kind, threshold1_V, written) => {
    const threshold2_V = unusedSecondThreshold({ kind, threshold1_V });
    expect(threshold2_V).toBe(written);
    expect(usesSecondThreshold({ kind, js: 0, ip: 0, word: 0, threshold1_V, threshold2_V, width_ms: 0, tolerance_ms: null })).toBe(false);
  });
});

describe('the text of a session', () => {
  it('is written in CatGT\'s order, with what is not ours kept', () => {
    const read = readExtractString('-xd=2,0,-1,6,0 -inarow=3 -xa=0,0,0,1,0,25 -no_auto_sync -maxsecs=10 -xd=0,0,1');
    expect(read.inARow).toBe(3);
    expect(read.autoSync).toBe(false);
    expect(read.others).toEqual(['-maxsecs=10']);
    expect(writeExtractString(read)).toBe('-xa=0,0,0,1,0,25 -xd=2,0,-1,6,0 -xd=0,0,1 -inarow=3 -no_auto_sync -maxsecs=10');
  });

  it('of nothing is empty', () => {
    expect(writeExtractString(readExtractString('  '))).toBe('');
  });
});

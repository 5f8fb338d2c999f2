import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJournal, type StepRecord } from '../../../core/execution/journal.ts';

describe('the journal', () => {
  it('is read up to wherever it was cut off', () => {
    const record = fc.record({ event: fc.constantFrom('started' as const, 'done' as const), step: fc.string(), fingerprint: fc.string(), time: fc.string() });
    fc.assert(fc.property(fc.array(record), fc.nat(), (records: StepRecord[], cut) => {
      const text = records.map((each) => `${JSON.stringify(each)}\n`).join('');
      const whole = parseJournal(text);
      expect(whole).toEqual(records);
      const part = parseJournal(text.slice(0, cut % (text.length + 1)));
      expect(part).toEqual(records.slice(0, part.length));
    }));
  });

  it('passes over lines that are none', () => {
    expect(parseJournal('null\n[]\n{"step":1}\nx\n{"event":"done","step":"a","fingerprint":"f","time":"t"}\n')).toHaveLength(1);
  });
});

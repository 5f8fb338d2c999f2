// Filters of the unit table.

import { describe, expect, test } from 'vitest';
import { FilterError, parseFilter } from '../../../renderer/screens/units/filter.ts';

const facts = {
  numbers: new Map([['snr', Float64Array.of(8, 2, NaN)], ['isi_viol', Float64Array.of(0.01, 0.5, 0.02)]]),
  texts: new Map([['label', ['good', 'noise', '']]]),
};

const passing = (text: string) => [0, 1, 2].filter(parseFilter(text, facts));

describe('the filter of the unit table', () => {
  test.each([
    ['', [0, 1, 2]],
    ['snr > 3', [0]],
    ['snr > 3 && isi_viol < 0.1', [0]],
    ['snr > 3 || isi_viol < 0.1', [0, 2]],
    ["label != 'noise'", [0, 2]],
    ["label == 'good'", [0]],
    ["label contains 'OO'", [0]],
    ['isnan(snr)', [2]],
    ['!(snr > 3)', [1, 2]],
    ['log10(snr * 10) >= 1.5', [0]],
    ['max(snr, 5) == 8', [0]],
    ['-snr < -1 and isi_viol > 0.1', [1]],
  ])('%s', (text, rows) => {
    expect(passing(text)).toEqual(rows);
  });

  test('undefined values fail every comparison, the unequal one too', () => {
    expect(passing('snr != 8')).toEqual([1]);
    expect(passing('snr == snr')).toEqual([0, 1]);
  });

  test('a misspelt name is answered with the nearest', () => {
    expect(() => passing('isi_voil > 1')).toThrow("'isi_voil' is not a column. Nearest: isi_viol");
  });

  test.each(['snr >', 'alert(1)', 'snr = 3', 'snr[0] > 1', '`x`', 'this.x > 1', 'snr ? 1 : 2'])('refuses %s', (text) => {
    expect(() => passing(text)).toThrow(FilterError);
  });
});

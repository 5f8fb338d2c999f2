import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matlabText, matlabValue, pythonText } from '../../../core/tools/index.ts';

describe('pythonText', () => {
  it('escapes what Python would read otherwise', () => {
    expect(pythonText('D:\\Daten\\neu.bin')).toBe(String.raw`'D:\\Daten\\neu.bin'`);
    expect(pythonText("../it's a run_g0.bin")).toBe(String.raw`'../it\'s a run_g0.bin'`);
    expect(pythonText('Prüfung 🐁')).toBe(String.raw`'Pr\u00fcfung \U0001f401'`);
    expect(pythonText('')).toBe("''");
  });

  it('is plain ASCII that means the text', () => {
    const read = (literal: string) => literal.slice(1, -1).replace(/\\(?:U(.{8})|u(.{4})|(.))/g, (_, long?: string, short?: string, char?: string) =>
      char === undefined ? String.fromCodePoint(Number.parseInt((long ?? short)!, 16)) : ({ n: '\n', r: '\r', t: '\t' }[char] ?? char));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const literal = pythonText(text);
      expect(literal).toMatch(/^'[ -~]*'$/);
      expect(read(literal)).toBe(text);
    }));
  });
});

describe('matlabText', () => {
  it('leaves plain text, backslashes included, and doubles quotes', () => {
    expect(matlabText('D:\\Daten\\run g0')).toBe("'D:\\Daten\\run g0'");
    expect(matlabText("it's")).toBe("'it''s'");
    expect(matlabText('')).toBe("''");
  });

  it('spells other characters as codes, which no encoding of the file can change', () => {
    expect(matlabText('D:/Prüfung/größe')).toBe("['D:/Pr' char([252]) 'fung/gr' char([246 223]) 'e']");
    expect(matlabText('ü')).toBe('char([252])');
    expect(matlabText('🐁')).toBe('char([55357 56321])');
  });

  it('is plain ASCII that means the text', () => {
    const read = (source: string) => [...source.matchAll(/'((?:[^']|'')*)'|char\(\[([\d ]*)\]\)/g)]
      .map(([, text, codes]) => (text === undefined ? String.fromCharCode(...codes.split(' ').map(Number)) : text.replaceAll("''", "'"))).join('');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(matlabText(text)).toMatch(/^[ -~]*$/);
      expect(read(matlabText(text))).toBe(text);
    }));
  });
});

describe('matlabValue', () => {
  const value = (text: number | string) => matlabValue('kilosort2_params.x', text);

  it('leaves numbers, lists and arithmetic as they are', () => {
    for (const text of ['[10 4]', '[0 Inf]', '64*1024 + ops.ntbuff', '1/50', '-6', '2.5e-3']) expect(value(text)).toBe(text);
    expect(value(0.02)).toBe('0.02');
    expect(value(Infinity)).toBe('Inf');
  });

  it('writes texts anew', () => {
    expect(value("'chanMap.mat'")).toBe("'chanMap.mat'");
    expect(value("'D:/Prüf''ung/temp_wh.dat'")).toBe("['D:/Pr' char([252]) 'f''ung/temp_wh.dat']");
  });

  it('refuses what would be run as a program', () => {
    for (const text of ["system('calc')", 'D:/temp_wh.dat', "'a' + delete('b')", 'rmdir', '10 4]\nquit', '']) {
      expect(() => value(text)).toThrow(/kilosort2_params\.x: [^]* is neither a MATLAB number or list/);
    }
  });
});

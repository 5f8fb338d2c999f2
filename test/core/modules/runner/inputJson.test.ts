import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonProblem, parseInputJson } from '../../../../core/modules/runner/index.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));

describe('an input JSON', () => {
  it.each([
    ['plain', bytes('{"a": {"b": "ü"}}')],
    ['with a byte order mark', bytes('\ufeff{"a": {"b": "ü"}}')],
    ['with CRLF', bytes('{\r\n"a": {\r\n"b": "ü"}}\r\n')],
    ['in UTF-16 as PowerShell writes it', bytes('\ufeff{"a": {"b": "ü"}}', 'utf16le')],
  ])('is read: %s', (_, content) => {
    expect(parseInputJson(content, 'x.json')).toEqual({ a: { b: 'ü' } });
  });

  it.each([
    ['{"a": 1,\n "b": 2,\n}', 'x.json: not JSON: line 2, column 8: a comma before \'}\''],
    ['{"a": "C:\\data"}', 'x.json: not JSON: line 1, column 10: a single backslash in a text'],
    ['{"a": 1\n "b": 2}', 'x.json: not JSON: line 2, column 2: expected \',\' or \'}\', found \'"\''],
    ['{"a": True}', 'x.json: not JSON: line 1, column 7: expected a value, found \'True\''],
    ["{'a': 1}", 'x.json: not JSON: line 1, column 2: expected a name in double quotes, found \'\'\''],
    ['{"a": 1', 'x.json: not JSON: line 1, column 8: expected \',\' or \'}\', found the end of the file'],
    ['{"a": 1}}', 'x.json: not JSON: line 1, column 9: unexpected \'}\' after the end of the data'],
    ['  \n', 'x.json: the file is empty'],
    ['[1]', 'x.json: holds no parameters: it must be an object of sections, {"section": {"key": value}}'],
  ])('says where it is wrong: %j', (text, message) => {
    expect(() => parseInputJson(bytes(text), 'x.json')).toThrow(expect.objectContaining({ message }));
  });

  it('says that Latin-1 is not UTF-8, and where', () => {
    expect(() => parseInputJson(bytes('{\n"a": "M\u00fcller"}', 'latin1'), 'x.json')).toThrow('x.json: line 2: a character is not in UTF-8');
  });

  it('has a problem exactly when JSON.parse refuses it', () => {
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '\\', ',', '}', '{', ']', '0', ' ', '-', '.', 'e', '\n', 't')).map(([text, at, char]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + char + text.slice(cut + (char === '' ? 1 : 0));
    });
    fc.assert(fc.property(fc.oneof(broken, fc.json(), fc.string()), (text) => {
      expect(findJsonProblem(text) !== undefined).toBe(refuses(text));
    }), { numRuns: 2000, seed: 7 });
  });
});

function refuses(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

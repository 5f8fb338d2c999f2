import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputFileError } from '../../../core/common/index.ts';
import { editMeta, metaNumber, metaText, parseMeta, readMeta, requireNumber, requireText, serializeMeta } from '../../../core/spikeglx/index.ts';

const parse = (text: string) => parseMeta(Buffer.from(text), 'run.meta');
const written = (text: string) => Buffer.from(serializeMeta(parse(text))).toString();

describe('reading a meta', () => {
  it('splits at the first = and trims both sides', () => {
    const meta = parse('imSampRate = 30000\ncatGTCmdline0=<CatGT -dir=D:/x -g=0>\n');
    expect(metaNumber(meta, 'imSampRate')).toBe(30000);
    expect(metaText(meta, 'catGTCmdline0')).toBe('<CatGT -dir=D:/x -g=0>');
  });

  it('takes CRLF, blank lines, a BOM and a missing last newline', () => {
    const meta = parse('\ufeffnSavedChans=385\r\n\r\nimSampRate=30000');
    expect([...meta.values]).toEqual([['nSavedChans', '385'], ['imSampRate', '30000']]);
  });

  it('strips comments, but not from lines about files, notes and maps', () => {
    const meta = parse('a=1 # one\nb=2 // two\n; nothing\nc=3[x]\nuserNotes=see # 4\nfileName=D:/a #1/[b].bin\n~snsChanMap=(1)(AP0;0:0)\nd=4;5\ncatGTCmdline0=<CatGT -dir=D:/[x] #1>\n');
    expect(Object.fromEntries(meta.values)).toEqual({ a: '1', b: '2', c: '3', userNotes: 'see # 4', fileName: 'D:/a #1/[b].bin', '~snsChanMap': '(1)(AP0;0:0)', d: '4;5', catGTCmdline0: '<CatGT -dir=D:/[x] #1>' });
  });

  it('names the line that is not key=value', () => {
    expect(() => parse('a=1\n\nnonsense\n')).toThrow("run.meta: not a SpikeGLX meta file: line 3 has no '='");
    expect(() => parse('=1\n')).toThrow('line 1 has no key');
    expect(() => parse('\n')).toThrow('it is empty');
  });

  it('says which file is missing', async () => {
    await expect(readMeta('/no/such/run.meta')).rejects.toThrow('/no/such/run.meta: no such file');
  });
});

describe('values', () => {
  const meta = parse('rate=30000.149579831934\nempty=\ntext=abc\ncomma=0,5\n');

  it('are numbers, or an error that names the key', () => {
    expect(metaNumber(meta, 'rate')).toBe(30000.149579831934);
    expect(metaNumber(meta, 'comma')).toBe(0.5);
    expect(metaNumber(meta, 'absent')).toBeUndefined();
    expect(metaNumber(meta, 'empty')).toBeUndefined();
    expect(() => metaNumber(meta, 'text')).toThrow("'text' should be a number but is 'abc'");
    expect(() => requireNumber(meta, 'empty')).toThrow("'empty' is empty");
    expect(() => requireText(meta, 'absent')).toThrow(InputFileError);
    expect(() => requireText(meta, 'absent')).toThrow("has no key 'absent'");
  });
});

describe('writing a meta', () => {
  it('sorts by code point: capitals first, ~ last', () => {
    expect(written('~b=1\nb=2\nB=3\na=4\n')).toBe('B=3\na=4\nb=2\n~b=1\n');
  });

  it('changes what it is told to and nothing else', () => {
    const meta = editMeta(parse('a=1.50\nb=2\n'), { b: 2499.9951333333333, c: 'x', a2: undefined });
    expect(Buffer.from(serializeMeta(meta)).toString()).toBe('a=1.50\nb=2499.9951333333333\nc=x\n');
    expect(Buffer.from(serializeMeta(editMeta(meta, { a: undefined }))).toString()).not.toContain('a=');
  });

  it('keeps the bytes of a Latin-1 file', () => {
    const bytes = Buffer.from('userNotes=Mäuse µV\n', 'latin1');
    const meta = parseMeta(bytes, 'old.meta');
    expect(meta.encoding).toBe('latin1');
    expect(metaText(meta, 'userNotes')).toBe('Mäuse µV');
    expect(Buffer.from(serializeMeta(meta))).toEqual(bytes);
    expect(Buffer.from(serializeMeta(editMeta(meta, { userNotes: 'Ω' }))).toString('utf8')).toBe('userNotes=Ω\n');
  });

  it('gives back what it read, whatever the keys and values', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_~äµ]{1,12}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9 :,.()<>=äß-]{0,40}$/).map((text) => text.trim());
    fc.assert(
      fc.property(fc.dictionary(word, value, { minKeys: 1 }), (values) => {
        const text = Object.entries(values).map(([key, entry]) => `${key}=${entry}\r\n`).join('');
        const meta = parse(text);
        expect(Object.fromEntries(meta.values)).toEqual({ ...values });
        const again = parseMeta(serializeMeta(meta), 'again.meta');
        expect(new Map([...again.values].sort())).toEqual(new Map([...meta.values].sort()));
        expect(Buffer.from(serializeMeta(again))).toEqual(Buffer.from(serializeMeta(meta)));
      }),
      { seed: 1 },
    );
  });
});

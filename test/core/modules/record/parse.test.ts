import { describe, expect, it } from 'vitest';
import { choice, decimal, flag, numbers, parameterRows, parameterSchema, parseParameters, section, sections, text, texts, whole } from '../../../../core/modules/record/index.ts';

const record = sections({
  filter_params: section('A filter.', {
    name: text({ help: 'What it is called.' }),
    order: whole({ help: 'Its order.', min: 1, max: 12 }).default(3),
    corner: decimal({ help: 'Its corner.', unit: 'Hz', min: 0 }).default(300),
    causal: flag({ help: 'One direction only.' }).default(false),
    kind: choice(['butter', 'biquad'], { help: 'Its type.' }).default('butter'),
    band: numbers({ help: 'From, to.', unit: 'Hz', length: 2 }).default([0, 10]),
    streams: texts({ help: 'Streams.' }).default([]),
    note: text({ help: 'A note.' }).optional(),
    inner: section('What lies deeper.', { gain_value: decimal({ help: 'Gain.' }).default(1) }),
  }),
  other_params: section('Another section.', { size: whole({ help: 'Size.' }).default(5) }),
});

function parse(filter: Record<string, unknown>, warn: (line: string) => void = () => undefined) {
  return parseParameters(record, { filter_params: { name: 'a', ...filter } }, warn).filter_params;
}

describe('parameters from a JSON', () => {
  it('fills in defaults, of missing sections too', () => {
    expect(parseParameters(record, { filter_params: { name: 'a' } }, () => undefined)).toEqual({
      filter_params: { name: 'a', order: 3, corner: 300, causal: false, kind: 'butter', band: [0, 10], streams: [], inner: { gain_value: 1 } },
      other_params: { size: 5 },
    });
  });

  it.each([[66, 66], [66.9, 66], ['66', 66], ['66.0', 66], [-0.5, 0], [true, 1]])('reads the whole number %j as %j', (value, expected) => {
    const size = parseParameters(record, { filter_params: { name: 'a' }, other_params: { size: value } }, () => undefined).other_params.size;
    expect(size).toBe(expected);
  });

  it.each([[300, 300], ['300', 300], ['0,5', 0.5], ['1e3', 1000]])('reads the number %j as %j', (value, expected) => {
    expect(parse({ corner: value }).corner).toBe(expected);
  });

  it.each([[true, true], [1, true], ['true', true], ['True', true], ['1', true], [0, false], ['false', false], ['F', false]])('reads the flag %j as %j', (value, expected) => {
    expect(parse({ causal: value }).causal).toBe(expected);
  });

  it.each([[[1, 2]], ['[1, 2]'], ['1,2'], ['1 2'], [['1', '2']]])('reads the list %j', (value) => {
    expect(parse({ band: value }).band).toEqual([1, 2]);
  });

  it.each([[['a', 'b']], ["['a', 'b']"], ['["a","b"]'], ['a,b']])('reads the list of texts %j', (value) => {
    expect(parse({ streams: value }).streams).toEqual(['a', 'b']);
  });

  it('writes numbers out where text is wanted, and takes null for absent', () => {
    expect(parse({ name: 0, order: null })).toMatchObject({ name: '0', order: 3 });
  });

  it('drops what it does not know without a word', () => {
    const warnings: string[] = [];
    const params = parseParameters(record, { filter_params: { name: 'a', unheard_of: 1 }, ks9_params: { x: 1 } }, (line) => warnings.push(line));
    expect(params.filter_params).not.toHaveProperty('unheard_of');
    expect(params).not.toHaveProperty('ks9_params');
    expect(warnings).toEqual([]);
  });

  it('warns of keys and sections that look misspelt', () => {
    const warnings: string[] = [];
    parseParameters(record, { filter_params: { name: 'a', cornr: 5, inner: { gain_valeu: 2 } }, other_param: {} }, (line) => warnings.push(line));
    expect(warnings).toEqual([
      'other_param is not a parameter and was ignored; did you mean other_params?',
      'filter_params.cornr is not a parameter and was ignored; did you mean filter_params.corner?',
      'filter_params.inner.gain_valeu is not a parameter and was ignored; did you mean filter_params.inner.gain_value?',
    ]);
  });

  it('calls nothing a misspelling of a key that is there', () => {
    const warnings: string[] = [];
    parse({ corner: 1, cornr: 2 }, (line) => warnings.push(line));
    expect(warnings).toEqual([]);
  });

  it.each([
    [{ order: 'abc' }, "filter_params.order: 'abc' is not a whole number"],
    [{ order: 13 }, 'filter_params.order: 13 is out of range: must be at least 1 and at most 12'],
    [{ corner: -1 }, 'filter_params.corner: -1 is out of range: must be at least 0 (Hz)'],
    [{ corner: [1] }, 'filter_params.corner: [1] is not a number'],
    [{ causal: 'perhaps' }, "filter_params.causal: 'perhaps' is not true or false"],
    [{ kind: 'bessel' }, "filter_params.kind: 'bessel' is not one of butter, biquad"],
    [{ band: [1, 2, 3] }, 'filter_params.band: [1,2,3] must have 2 values'],
    [{ band: [1, 'x'] }, "filter_params.band.1: 'x' is not a number"],
    [{ name: {} }, 'filter_params.name: {} is not text'],
    [{ name: undefined }, 'filter_params.name: is required'],
    [{ inner: 3 }, 'filter_params.inner: 3 is not a section of parameters ({...})'],
  ])('says in one line what is wrong with %j', (filter, message) => {
    expect(() => parse(filter)).toThrow(expect.objectContaining({ message, tag: 'parameter', exitCode: 1 }));
  });

  it('names everything that is wrong at once', () => {
    expect(() => parse({ order: 'x', kind: 'y' })).toThrow(/filter_params\.order.*; filter_params\.kind/);
  });
});

describe('what a record says about itself', () => {
  it('is a JSON Schema with kinds, units, ranges and defaults; only what has no default is required', () => {
    const schema = parameterSchema(record).properties?.filter_params;
    expect(schema?.required).toEqual(['name']);
    expect(schema?.properties?.corner).toEqual({ type: 'number', kind: 'number', description: 'Its corner.', unit: 'Hz', minimum: 0, default: 300 });
    expect(schema?.properties?.order).toMatchObject({ type: 'integer', minimum: 1, maximum: 12 });
    expect(schema?.properties?.kind.enum).toEqual(['butter', 'biquad']);
  });

  it('is a row per parameter, nested ones included', () => {
    const rows = parameterRows(record);
    expect(rows.map(({ name }) => name)).toEqual([
      ...['name', 'order', 'corner', 'causal', 'kind', 'band', 'streams', 'note'].map((key) => `filter_params.${key}`),
      'filter_params.inner.gain_value', 'other_params.size',
    ]);
    expect(rows[2]).toEqual({ name: 'filter_params.corner', kind: 'number', required: false, default: 300, unit: 'Hz', min: 0, max: undefined, choices: undefined, help: 'Its corner.' });
  });
});

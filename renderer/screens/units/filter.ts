// The filter of the unit table: one expression over column names, read into a tree and computed, never run as code.
// `snr > 3 && isi_viol < 0.1 && label != 'noise'`. Undefined values fail every comparison; `isnan(x)` finds them.

import jsep from 'jsep';

export interface FilterFacts {
  /** Names (keys and aliases) -> one number per unit. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  /** Names -> one text per unit. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

export type Filter = (row: number) => boolean;

/** What is wrong with an expression, said under its field. */
export class FilterError extends Error {}

type Value = number | string | boolean;
type Compute = (row: number) => Value;

jsep.addBinaryOp('contains', 7);
jsep.addBinaryOp('or', 1);
jsep.addBinaryOp('and', 2);

export const filterFunctions: Readonly<Record<string, (...args: number[]) => number | boolean>> = {
  abs: Math.abs, log10: Math.log10, min: Math.min, max: Math.max, isnan: (value) => Number.isNaN(value),
};

/** Throws FilterError. An empty text lets everything pass. */
export function parseFilter(text: string, facts: FilterFacts): Filter {
  if (text.trim() === '') return () => true;
  let tree: jsep.Expression;
  try {
    tree = jsep(text);
  } catch (error) {
    throw new FilterError(`Not understood: ${(error as Error).message}`);
  }
  const compute = compile(tree, facts);
  return (row) => isTrue(compute(row));
}

const isTrue = (value: Value) => (typeof value === 'number' ? !Number.isNaN(value) && value !== 0 : typeof value === 'string' ? value !== '' : value);

function compile(node: jsep.Expression, facts: FilterFacts): Compute {
  switch (node.type) {
    case 'Literal': {
      const { value } = node as jsep.Literal;
      return () => value as Value;
    }
    case 'Identifier': return column((node as jsep.Identifier).name, facts);
    case 'MemberExpression': return column(memberName(node as jsep.MemberExpression), facts);
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression;
      const inner = compile(argument, facts);
      if (operator === '!') return (row) => !isTrue(inner(row));
      if (operator === '-') return (row) => -Number(inner(row));
      if (operator === '+') return (row) => Number(inner(row));
      throw new FilterError(`'${operator}' cannot be used here.`);
    }
    case 'BinaryExpression': return binary(node as jsep.BinaryExpression, facts);
    case 'CallExpression': return calls(node as jsep.CallExpression, facts);
    default: throw new FilterError('Write comparisons such as snr > 3, joined by && and ||.');
  }
}

/** `label.bombcell`: a name with a point in it; nothing is looked up in anything. */
function memberName({ object, property, computed }: jsep.MemberExpression): string {
  if (computed || object.type !== 'Identifier' || property.type !== 'Identifier') throw new FilterError('Write comparisons such as snr > 3, joined by && and ||.');
  return `${(object as jsep.Identifier).name}.${(property as jsep.Identifier).name}`;
}

function binary({ operator, left, right }: jsep.BinaryExpression, facts: FilterFacts): Compute {
  const [a, b] = [compile(left, facts), compile(right, facts)];
  const numbers = (compute: (x: number, y: number) => Value): Compute => (row) => compute(Number(a(row)), Number(b(row)));
  const isUndefined = (value: Value) => typeof value === 'number' && Number.isNaN(value);
  switch (operator) {
    case '&&': case 'and': return (row) => isTrue(a(row)) && isTrue(b(row));
    case '||': case 'or': return (row) => isTrue(a(row)) || isTrue(b(row));
    case '>': return numbers((x, y) => x > y);
    case '>=': return numbers((x, y) => x >= y);
    case '<': return numbers((x, y) => x < y);
    case '<=': return numbers((x, y) => x <= y);
    case '==': case '===': return (row) => a(row) === b(row);
    case '!=': case '!==': return (row) => !isUndefined(a(row)) && !isUndefined(b(row)) && a(row) !== b(row);
    case 'contains': return (row) => String(a(row)).toLowerCase().includes(String(b(row)).toLowerCase());
    case '+': return numbers((x, y) => x + y);
    case '-': return numbers((x, y) => x - y);
    case '*': return numbers((x, y) => x * y);
    case '/': return numbers((x, y) => x / y);
    default: throw new FilterError(`'${operator}' cannot be used here.`);
  }
}

function calls({ callee, arguments: given }: jsep.CallExpression, facts: FilterFacts): Compute {
  const name = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : '';
  if (!Object.hasOwn(filterFunctions, name)) throw new FilterError(`'${name}' is not a function. There are ${Object.keys(filterFunctions).join(', ')}.`);
  const values = given.map((argument) => compile(argument, facts));
  return (row) => filterFunctions[name](...values.map((value) => Number(value(row))));
}

function column(name: string, { numbers, texts }: FilterFacts): Compute {
  const values = numbers.get(name);
  if (values) return (row) => values[row];
  const words = texts.get(name);
  if (words) return (row) => words[row];
  const nearest = closest(name, [...numbers.keys(), ...texts.keys()]);
  throw new FilterError(`'${name}' is not a column.${nearest ? ` Nearest: ${nearest}` : ''}`);
}

/** The name with the fewest letters to change, if they are fewer than half of it. */
export function closest(name: string, names: readonly string[]): string | undefined {
  const [best] = names.map((each) => ({ each, steps: distance(name.toLowerCase(), each.toLowerCase()) })).sort((x, y) => x.steps - y.steps);
  return best && best.steps <= Math.max(2, name.length / 2) ? best.each : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

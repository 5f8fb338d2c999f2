// How deep each probe is in the brain, as CatGT's -maxZ holds it: probe, type, value. The screens write type 1: um above the
// lowest row of sites.

import { catgtValues, withCatgtOptions } from '../../../../../core/service/contract/index.ts';
import { type Read, readNumber } from '../../../../components/typedValues.ts';

export interface Depth {
  /** 0 rows, 1 um from the lowest row, 2 um from the tip. */
  readonly type: number;
  readonly value: number;
}

export function readDepths(catgt: string): Map<number, Depth> {
  return new Map(catgtValues(catgt, 'maxZ').flatMap((text) => {
    const [probe, type, value, ...more] = text.split(',').map(Number);
    return more.length === 0 && [probe, type, value].every(Number.isFinite) ? [[probe, { type, value }] as const] : [];
  }));
}

/** The options with another depth of one probe; null: all of it is in the brain. */
export function withDepth(catgt: string, probe: number, value: number | null): string {
  return withDepthOf(catgt, probe, value === null ? undefined : { type: 1, value });
}

/** The options with the depth of another probe; undefined: all of it. */
export function withDepthOf(catgt: string, probe: number, depth: Depth | undefined): string {
  const others = catgtValues(catgt, 'maxZ').filter((text) => Number(text.split(',')[0]) !== probe);
  return withCatgtOptions(catgt, 'maxZ', depth === undefined ? others : [...others, `${probe},${depth.type},${depth.value}`]);
}

/** Empty: all of the probe. */
export function readDepth(text: string): Read<number | null> {
  return text.trim() === '' ? { value: null } : readNumber('In brain up to', text, { min: 0, unit: 'um' });
}

/** As it stands in the field; other types than ours are said with their unit. */
export function depthText(depth: Depth | undefined): string {
  return depth === undefined ? '' : String(depth.value);
}

export function depthUnit(depth: Depth | undefined): string {
  return depth?.type === 0 ? 'rows' : depth?.type === 2 ? 'um from the tip' : 'um';
}

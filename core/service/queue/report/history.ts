// What is usual here: the figures of the probes done before, kept in the profile, and the range most of them lie in.

import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../../common/index.ts';
import type { Profile } from '../../house/index.ts';

/** Figures that are compared, with the side on which a value is worth a look: little drift worries nobody. */
export const comparedFigures = {
  units: 'either', good: 'either', syncResidual_ms: 'high', drift_um: 'high', gfixEdits: 'high',
} as const satisfies Readonly<Record<string, 'either' | 'high'>>;

export type ComparedFigure = keyof typeof comparedFigures;

const figure = z.number().nullable();
const pastProbe = z.object({
  /** Folder of its results: done again, it takes the place of its former self. */
  folder: z.string(),
  /** Module. Sorters find different numbers of units. */
  sorter: z.string(),
  units: figure, good: figure, syncResidual_ms: figure, drift_um: figure, gfixEdits: figure,
});

export type PastProbe = z.infer<typeof pastProbe>;

export interface Usual {
  readonly low: number;
  readonly high: number;
  /** Probes it comes from. */
  readonly probes: number;
}

/** Probes that are remembered, and those it takes before anything is called usual. */
const most = 500;
const fewest = 8;

const fileIn = ({ folder }: Profile) => path.join(folder, 'history.json');

/** The oldest first; empty when there is none that can be read. */
export async function readHistory(profile: Profile): Promise<readonly PastProbe[]> {
  const text = await fs.readFile(fileIn(profile), 'utf8').catch(() => '[]');
  try {
    return z.array(pastProbe).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Throws OutputFileError. */
export async function remember(profile: Profile, probes: readonly PastProbe[]): Promise<void> {
  if (probes.length === 0) return;
  const others = (await readHistory(profile)).filter(({ folder }) => !probes.some((probe) => probe.folder === folder));
  await writeWhole(fileIn(profile), `${JSON.stringify([...others, ...probes].slice(-most))}\n`);
}

/** 5 to 95 % of the other probes sorted by the same module; undefined while they are too few. */
export function usualRange(history: readonly PastProbe[], { folder, sorter }: Pick<PastProbe, 'folder' | 'sorter'>, name: ComparedFigure): Usual | undefined {
  const values = history.filter((past) => past.folder !== folder && past.sorter === sorter).map((past) => past[name]).filter((value) => value !== null).sort((a, b) => a - b);
  return values.length < fewest ? undefined : { low: quantile(values, 0.05), high: quantile(values, 0.95), probes: values.length };
}

/** The range a figure is outside of; undefined when there is nothing to say. */
export function outsideUsual(history: readonly PastProbe[], probe: PastProbe, name: ComparedFigure): Usual | undefined {
  const value = probe[name];
  const usual = value === null ? undefined : usualRange(history, probe, name);
  if (value === null || !usual) return undefined;
  const isLow = comparedFigures[name] === 'either' && value < usual.low;
  return isLow || value > usual.high ? usual : undefined;
}

/** Of sorted values, between neighbours in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

// `aftergate compare`: how well a sorting finds spikes that are known.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { InputFileError, UsageError, readTextIfThere } from '../common/index.ts';
import { compareSortings, type Comparison } from '../engines/compare/index.ts';
import { npyNumbers, readNpy } from '../formats/index.ts';
import { readPhyParams } from '../formats/phyFolder/index.ts';
import type { Command } from './command.ts';

const usage = `aftergate compare <truth folder> <phy folder> [--json]

Scores a sorting against known spikes as SpikeInterface's ground-truth comparison does: spikes within 0.4 ms match; units
are paired one to one; accuracy = matches / (true + found - matches); well = accuracy >= 0.8.
The truth folder holds truth_spike_times.npy (samples of the sorted file) and truth_spike_units.npy, and may hold
truth.json with "units": the ones that count. \`aftergate simulate\` makes such folders (truth, truth/imec0_g0 ...).

  --json   {units:[{unit,accuracy,recall,precision,match}], well, found, redundant, overmerged, false_positive, mean_accuracy}
`;

export const compareCommand: Command = {
  name: 'compare',
  summary: 'score a sorting against known spikes',
  usage,
  async run(argv, io) {
    const { truthFolder, phyFolder, json } = parseOptions(argv, io.cwd);
    const comparison = await compareFolders(truthFolder, phyFolder);
    io.out(json ? `${JSON.stringify(comparison, null, 1)}\n` : comparisonText(comparison));
  },
};

/** Units that do not count (see truth.json) are known nevertheless: finding them is no mistake. */
export async function compareFolders(truthFolder: string, phyFolder: string): Promise<Comparison> {
  const truth = { times: await numbers(truthFolder, 'truth_spike_times.npy'), units: await numbers(truthFolder, 'truth_spike_units.npy') };
  const found = { times: await numbers(phyFolder, 'spike_times.npy'), units: await numbers(phyFolder, 'spike_clusters.npy') };
  const { rate } = await readPhyParams(phyFolder);
  if (rate === undefined) throw new InputFileError(path.join(phyFolder, 'params.py'), "does not give 'sample_rate', so 0.4 ms cannot be told in samples");
  const all = compareSortings(truth, found, rate);
  const counting = await countingUnits(truthFolder);
  if (!counting) return all;
  const units = all.units.filter(({ unit }) => counting.has(unit));
  return {
    ...all,
    units,
    well: units.filter(({ match, accuracy }) => match !== null && accuracy >= 0.8).length,
    mean_accuracy: units.length === 0 ? NaN : units.reduce((sum, { accuracy }) => sum + accuracy, 0) / units.length,
  };
}

const truthSchema = z.object({ units: z.array(z.number()).optional() });

async function countingUnits(folder: string): Promise<Set<number> | undefined> {
  const file = path.join(folder, 'truth.json');
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  const parsed = (() => {
    try {
      return truthSchema.safeParse(JSON.parse(text));
    } catch (error) {
      throw new InputFileError(file, 'is not JSON', { cause: error });
    }
  })();
  if (!parsed.success) throw new InputFileError(file, "'units' should be a list of unit numbers");
  return parsed.data.units && new Set(parsed.data.units);
}

async function numbers(folder: string, name: string): Promise<Float64Array> {
  return npyNumbers(await readNpy(path.join(folder, name)));
}

export function comparisonText(comparison: Comparison): string {
  const rows = [...comparison.units].sort((a, b) => b.accuracy - a.accuracy).map(({ unit, accuracy, recall, precision, match }) =>
    `${String(unit).padStart(6)}  ${accuracy.toFixed(3).padStart(8)}  ${recall.toFixed(3).padStart(6)}  ${precision.toFixed(3).padStart(9)}  ${String(match ?? '-').padStart(5)}\n`);
  const { well, units, found, redundant, overmerged, false_positive: falsePositive, mean_accuracy: mean } = comparison;
  return `  unit  accuracy  recall  precision  match\n${rows.join('')}well found ${well} of ${units.length}, mean accuracy ${mean.toFixed(3)}; ${found} units found, ${redundant} redundant, ${overmerged} over-merged, ${falsePositive} false\n`;
}

function parseOptions(argv: readonly string[], cwd: string): { truthFolder: string; phyFolder: string; json: boolean } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, allowPositionals: true });
    if (positionals.length !== 2) throw new Error('compare needs a truth folder and a phy folder');
    const [truthFolder, phyFolder] = positionals.map((folder) => path.resolve(cwd, folder));
    return { truthFolder, phyFolder, json: values.json ?? false };
  } catch (error) {
    throw new UsageError((error as Error).message, { next: 'aftergate compare --help tells more.' });
  }
}

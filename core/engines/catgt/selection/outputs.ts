// Which files a stream becomes, and which columns each of them holds: one file of all columns, or those that -save,
// -sepShanks and -maxZ ask for.

import { InputFileError } from '../../../common/index.ts';
import { findProbeFacts, type ProbeFacts } from '../../../spikeglx/index.ts';
import type { CatGTOptions, ChannelSave } from '../command/options.ts';
import { printDepthLimit, printSave, printShankSplit } from '../command/selectionOptions.ts';
import type { StreamInput } from '../joining/plan.ts';
import { columnsAbove } from './depth.ts';
import { placeOf } from './places.ts';

export interface SelectedOutput {
  /** Index in the names of its files: the probe's own, or another. */
  readonly index: number;
  /** File columns of the stream that it holds, ascending; undefined: the whole stream as it is. */
  readonly columns?: readonly number[];
}

export interface Selection {
  /** At least one. */
  readonly outputs: readonly SelectedOutput[];
  /** How many probes there seem to be, seen from the indexes of this probe's files. */
  readonly probesEnabled: number;
  readonly warnings: readonly string[];
}

type SelectionOptions = Pick<CatGTOptions, 'saves' | 'shankSplits' | 'depthLimits'>;

/** Columns, and the option that asks for them. */
interface Wanted {
  readonly index: number;
  readonly columns: readonly number[];
  readonly option: string;
}

/** Throws InputFileError when nothing is left of a file, or when the meta does not tell what is needed. */
export function selectOutputs(input: StreamInput, options: SelectionOptions): Selection {
  const { stream, fromAp } = input;
  const whole = { outputs: [{ index: stream.index }], probesEnabled: 0, warnings: [] };
  if (stream.kind !== 'ap' && stream.kind !== 'lf') return whole;
  const readsAp = fromAp || stream.kind === 'ap';
  const above = columnsAbove(input, options);
  const ofProbe = options.saves.filter(({ ip1 }) => ip1 === stream.index);
  const shanks = readsAp ? splitShanks(input, options) : { wanted: [], warnings: [] };
  const saves = ofProbe.filter(({ js }) => js === (readsAp ? 2 : 3)).map((save) => wantedBy(save, input));
  const asked = [...saves, ...shanks.wanted];
  const warnings = [...shanks.warnings, ...(fromAp ? ofProbe.filter(({ js }) => js === 3).map(unusedLf) : [])];
  if (asked.length === 0 && !above) return { ...whole, warnings };

  const wanted = asked.length > 0 ? asked : [{ index: stream.index, columns: [...input.facts.channels.keys()], option: '' }];
  const tooHigh = new Set(above);
  const limit = options.depthLimits.filter(({ ip }) => ip === stream.index).map(printDepthLimit);
  const outputs = wanted.map(({ index, columns, option }) => {
    const left = columns.filter((column) => !tooHigh.has(column));
    if (left.length === 0) {
      throw new InputFileError(input.meta.path, `has none of the channels that ${[option, ...limit].join(' and ')} would leave in imec${index}`, { next: 'Correct the list of channels, or leave the option out.' });
    }
    return { index, columns: left };
  });
  return { outputs, probesEnabled: 1 + Math.max(...ofProbe.map(({ ip2 }) => ip2), ...outputs.map(({ index }) => index)), warnings };
}

function wantedBy(save: ChannelSave, { facts }: StreamInput): Wanted {
  const listed = new Set(save.channels);
  return { index: save.ip2, columns: [...facts.channels.keys()].filter((column) => listed.has(facts.channels[column])), option: printSave(save) };
}

function unusedLf(save: ChannelSave): string {
  return `${printSave(save)} has no effect: the LF of probe ${save.ip1} is made from its AP, so that js = 2 counts for it too.`;
}

/** A file for every shank that has an index and saved sites. */
function splitShanks(input: StreamInput, { shankSplits }: SelectionOptions): { wanted: Wanted[]; warnings: string[] } {
  const { meta, facts, stream } = input;
  const split = shankSplits.find(({ ip }) => ip === stream.index);
  const probe = findProbeFacts(meta);
  if (!split || !probe) return { wanted: [], warnings: [] };
  const option = printShankSplit(split);
  if (probe.shanks === 1) return { wanted: [], warnings: [`${option} has no effect: the probe has one shank.`] };

  const place = placeOf(meta, probe);
  const shanks = facts.channels.slice(0, facts.neural).map((channel, column) => place(column, channel).shank);
  const wanted = split.indexes.flatMap((index, shank): Wanted[] => {
    const sites = [...shanks.keys()].filter((column) => shanks[column] === shank);
    return index < 0 || sites.length === 0 ? [] : [{ index, columns: [...sites, ...syncColumns(input, probe, shank)], option }];
  });
  return { wanted, warnings: wanted.length > 0 ? [] : [`${option}: no shank that it names has saved channels; the probe is written whole.`] };
}

/** One SY word belongs to all shanks; of several, each to its own. */
function syncColumns({ facts }: StreamInput, probe: ProbeFacts, shank: number): number[] {
  const first = probe.acqAp + probe.acqLf;
  const columns = [...facts.channels.keys()].slice(facts.neural);
  return probe.acqSy === 1 ? columns : columns.filter((column) => facts.channels[column] === first + shank);
}

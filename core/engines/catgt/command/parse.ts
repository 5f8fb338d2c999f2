// The CatGT command line to options: each argument by the option table, then the checks that concern several options.

import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../../common/index.ts';
import { streamLabel } from '../../../spikeglx/index.ts';
import { printExtractor } from './extractorOptions.ts';
import type { Draft, OptionEntry } from './optionEntry.ts';
import { extractorStream, selectedStreams, writesBinary, type Car, type CatGTOptions, type GatePart } from './options.ts';
import { optionTable } from './optionTable.ts';
import { unknownOption } from './optionValues.ts';
import { checkSelections, idleSelections } from './selectionOptions.ts';
import { supercatArguments, supercatTarget } from './supercatOptions.ts';

/**
 * `cwd` is the folder that a relative -dest starts from. The whole command line may also come as one argument, which is
 * how `runit.sh` is called. Throws UsageError, which names the option as it was given.
 */
export function parseCatGTArguments(argv: readonly string[], cwd: string): CatGTOptions {
  const given = splitQuoted(argv);
  const all = readArguments(given);
  const warnings: string[] = [];
  const draft = all.supercat ? readArguments(supercatArguments(given, warnings)) : all;
  draft.warnings.unshift(...warnings);
  draft.raw = ['CatGT', ...argv].join(' ');
  return complete(draft, cwd);
}

function readArguments(given: readonly string[]): Draft {
  const draft: Draft = { exclude: new Map(), cars: [], extractors: [], saves: [], shankSplits: [], depthLimits: [], warnings: [] };
  for (const argument of given) readArgument(draft, argument);
  return draft;
}

/** `['-dir=/my data -run=a -g=0']` becomes three arguments; blanks within paths stay. */
function splitQuoted(argv: readonly string[]): readonly string[] {
  return argv.length === 1 ? argv[0].trim().split(/\s+(?=-[A-Za-z])/) : argv;
}

function readArgument(draft: Draft, argument: string): void {
  const [, name, , text] = /^-(\w+)(=([^]*))?$/.exec(argument.trim()) ?? [];
  const entry = optionTable.find((candidate) => candidate.name === name);
  if (!entry) throw unknownOption(argument, suggestion(name));
  if ((entry.form === undefined) !== (text === undefined)) throw unknownOption(argument, usageOf(entry));
  entry.read(draft, { argument, text: text ?? '' });
}

function usageOf(entry: OptionEntry): string {
  return entry.form === undefined ? `-${entry.name} takes no value.` : `It is written like -${entry.name}=${entry.form}.`;
}

/** The option that was probably meant: one with the same letters, transposed, in another case or without `_`. */
function suggestion(name: string | undefined): string {
  const letters = (word: string) => [...word.toLowerCase().replaceAll('_', '')].sort().join('');
  const meant = optionTable.find((entry) => name !== undefined && letters(entry.name) === letters(name));
  return meant ? `Did you mean -${meant.name}?` : 'aftergate catgt --help lists the options.';
}

function complete(draft: Draft, cwd: string): CatGTOptions {
  const { gtlist, cars, exclude, extractors, saves, shankSplits, depthLimits, warnings } = draft;
  const target = draft.supercat ? supercatTarget(draft) : targetOf(draft);
  const flag = (key: keyof Draft) => draft[key] === true;
  const options: CatGTOptions = {
    ...target,
    probeDirs: draft.probeDirs ?? new Map(),
    gtlist: gtlist !== undefined,
    cat: target.parts[0].first < 0,
    noRunFolder: flag('noRunFolder'),
    probeFolders: flag('probeFolders'),
    probesMayMiss: flag('probesMayMiss'),
    exported: flag('exported'),
    trialsMayMiss: flag('trialsMayMiss'),
    ...streamsOf(draft),
    zeroFillMax: draft.zeroFillMax,
    lineFill: draft.lineFill ?? true,
    startSecs: draft.startSecs,
    maxSecs: draft.maxSecs,
    apFilter: draft.apFilter,
    lfFilter: draft.lfFilter,
    ap2lfDownsample: draft.ap2lfDownsample ?? 12,
    tshift: draft.tshift ?? true,
    car: theOneCar(cars),
    gfix: draft.gfix,
    exclude,
    badChannels: draft.badChannels,
    extractors,
    inARow: draft.inARow ?? 5,
    autoSync: draft.autoSync ?? true,
    saves,
    shankSplits,
    depthLimits,
    forceNiObBin: flag('forceNiObBin'),
    supercat: draft.supercat,
    supercatTrimEdges: flag('supercatTrimEdges'),
    supercatSkipNiObBin: flag('supercatSkipNiObBin'),
    dest: draft.dest === undefined ? undefined : existingFolder(draft.dest, cwd),
    noCatgtFolder: flag('noCatgtFolder'),
    outProbeFolders: flag('outProbeFolders'),
    edits: flag('edits'),
    health: flag('health'),
    numerics: draft.numerics ?? 'native',
    workers: draft.workers,
    raw: draft.raw ?? '',
    warnings,
  };
  checkExtractionPass(options);
  checkSelections(options);
  return { ...options, warnings: [...warnings, ...warningsAbout(options)] };
}

function targetOf(draft: Draft): Pick<CatGTOptions, 'dir' | 'run' | 'fromCatGT' | 'parts'> {
  const { dir, run, fromCatGT = false } = draft;
  if (dir === undefined) throw new UsageError('-dir is missing', { next: 'Give the folder that holds the run folder.' });
  if (run === undefined) throw new UsageError('-run is missing', { next: 'Give the name of the run, without _g0.' });
  return { dir, run, fromCatGT, parts: partsOf(draft) };
}

/** Gates outer, triggers inner; a run that CatGT wrote has only its tcat files. */
function partsOf({ gates, triggers, gtlist, fromCatGT }: Draft): GatePart[] {
  if (gtlist) {
    if (gates || triggers) throw new UsageError('-gtlist takes the place of -g and -t: give one or the other');
    if (fromCatGT) throw new UsageError('-gtlist cannot be used with -run=catgt_..., whose only files are tcat', { next: 'Give -g and -t=cat.' });
    return gtlist;
  }
  if (!gates) throw new UsageError('-g is missing', { next: 'Give the gate (-g=0), or -gtlist.' });
  if (!triggers && !fromCatGT) throw new UsageError('-t is missing', { next: 'Give the triggers (-t=0,2), -t=cat, or -gtlist.' });
  const [first, last] = gates;
  if (!triggers || triggers === 'cat') return [{ gate: first, first: -1, last: -1 }];
  if (fromCatGT) throw new UsageError(`-t=${triggers.join(',')} does not go with -run=catgt_..., whose only files are tcat`, { next: 'Give -t=cat.' });
  return Array.from({ length: last - first + 1 }, (_, index) => ({ gate: first + index, first: triggers[0], last: triggers[1] }));
}

function streamsOf(draft: Draft): Pick<CatGTOptions, 'ni' | 'ob' | 'ap' | 'lf' | 'obx' | 'threeA' | 'probes'> {
  const ni = draft.ni === true;
  const ob = draft.ob === true;
  const ap = draft.ap === true;
  const lf = draft.lf === true;
  const threeA = draft.threeA === true;
  if (!ni && !ob && !ap && !lf) throw new UsageError('no stream is selected', { next: 'Give at least one of -ni, -ob, -ap and -lf.' });
  if (ob && !draft.obx) throw new UsageError('-ob needs -obx', { next: 'List the OneBoxes, for example -obx=0.' });
  if ((ap || lf) && !draft.probes && !threeA) throw new UsageError(`-${ap ? 'ap' : 'lf'} needs -prb (or -prb_3A)`, { next: 'List the probes, for example -prb=0:3.' });
  return { ni, ob, ap, lf, obx: draft.obx ?? [], threeA, probes: threeA ? [0] : (draft.probes ?? []) };
}

function theOneCar(cars: readonly Car[]): Car | undefined {
  const kinds = [...new Set(cars.map((car) => `-${car.kind}`))];
  if (kinds.length > 1) throw new UsageError(`${kinds.join(' and ')} exclude each other`, { next: 'Select only one of -gblcar, -gbldmx, -loccar_um and -loccar.' });
  return cars.at(-1);
}

function existingFolder(dest: string, cwd: string): string {
  const isRoot = /^([A-Za-z]:)?$/.test(dest);
  const absolute = isRoot ? dest : path.resolve(cwd, dest);
  if (!isFolder(`${absolute}/`)) throw new UsageError(`-dest=${dest}: no such folder`, { next: 'Make the folder first, or correct the path.' });
  return process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute;
}

/** False also where the path leads through a file, or may not be looked at. */
function isFolder(folder: string): boolean {
  try {
    return fs.statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** The extraction pass leaves the samples alone; the native tool notes this in its log and stops. */
function checkExtractionPass(options: CatGTOptions): void {
  if (!options.cat || options.supercat) return;
  const changed = selectedStreams(options).find(({ kind }) => writesBinary(options, kind));
  if (!changed) return;
  const tshiftOnly = changed.kind === 'ap' || changed.kind === 'lf' ? options.tshift : false;
  throw new UsageError(`-t=cat extracts events and must not join, shift or filter, but ${streamLabel(changed)} would be`, {
    next: tshiftOnly ? 'Add -no_tshift.' : 'Leave out the filters, CAR, -gfix, -bad_channels, -startsecs, -save, -sepShanks, -maxZ and -pass1_force_ni_ob_bin.',
  });
}

function warningsAbout(options: CatGTOptions): string[] {
  const labels = new Set(selectedStreams(options).map(streamLabel));
  const idle = options.extractors.filter((extractor) => !labels.has(extractorStream(extractor)));
  return [
    ...idle.map((extractor) => `${printExtractor(extractor)} has no effect: the stream ${extractorStream(extractor)} is not among those to process.`),
    ...idleSelections(options),
    ...idleBadChannels(options),
    ...(options.dest === undefined && options.noCatgtFolder ? ['-no_catgt_fld has no effect without -dest.'] : []),
    ...(options.supercat === undefined && options.supercatTrimEdges ? ['-supercat_trim_edges has no effect without -supercat.'] : []),
    ...(options.supercat === undefined && options.supercatSkipNiObBin ? ['-supercat_skip_ni_ob_bin has no effect without -supercat.'] : []),
    ...(options.dest === undefined && options.outProbeFolders ? ['-out_prb_fld has no effect without -dest.'] : []),
  ];
}

function idleBadChannels({ badChannels, ap, cat, supercat, car, gfix }: CatGTOptions): string[] {
  if (!badChannels || supercat) return [];
  if (!ap || cat) return [`-bad_channels=${badChannels} has no effect ${ap ? 'with -t=cat, which leaves samples alone' : 'without -ap'}.`];
  return badChannels === 'exclude' && !car && !gfix ? ['-bad_channels=exclude only writes its list: there is neither CAR nor -gfix to leave channels out of.'] : [];
}

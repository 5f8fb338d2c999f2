// All options of the command line in one table, in the order of the canonical command. Parser, usage text and canonical
// command are derived from it.

import { formatChannelList } from '../../../spikeglx/index.ts';
import { car, extractor, flag, group, numeric, valued, type Draft, type OptionEntry } from './optionEntry.ts';
import type { CatGTOptions } from './options.ts';
import {
  printExclusions, printFilter, printNumbers, printProbeFolders, printRange, readExclusions, readFilter, readFolder, readGateList, readInteger, readIntegers, readList, readNumber, readNumbers,
  readProbeFolders, readRange, wrongValue, type Given,
} from './optionValues.ts';
import { printElements, readElements } from './supercatOptions.ts';
import { printDepthLimit, printSave, printShankSplit, readDepthLimit, readSave, readShankSplit } from './selectionOptions.ts';

export const optionTable: readonly OptionEntry[] = [
  ...group('Which recordings', [
    valued({
      name: 'dir', form: 'data_dir', help: 'the folder that holds the run folder',
      read: (draft, given) => void (draft.dir = readFolder(given)),
      print: ({ dir, supercat }) => (supercat ? undefined : dir || '/'),
    }),
    valued({
      name: 'run', form: 'run_name', help: 'the run; catgt_run_name reads the files that an earlier pass wrote',
      read: readRun,
      print: ({ run, fromCatGT, supercat }) => (supercat ? undefined : `${fromCatGT ? 'catgt_' : ''}${run}`),
    }),
    valued({
      name: 'gtlist', form: '{g,ta,tb}{g,ta,tb}', help: 'instead of -g and -t: gates, each with its own range of triggers',
      read: (draft, given) => void (draft.gtlist = readGateList(given)),
      print: ({ gtlist, parts }) => (gtlist ? parts.map(({ gate, first, last }) => `{${gate},${first},${last}}`).join('') : undefined),
    }),
    valued({
      name: 'g', form: 'ga,gb', help: 'the gate, or the first and last one',
      read: (draft, given) => void (draft.gates = readRange(given)),
      print: ({ gtlist, supercat, parts }) => (gtlist || supercat ? undefined : printRange(parts[0].gate, parts.at(-1)!.gate)),
    }),
    valued({
      name: 't', form: 'ta,tb', help: 'the trigger, or the first and last one; cat extracts events from the tcat files of an earlier pass',
      read: (draft, given) => void (draft.triggers = given.text === 'cat' ? 'cat' : readRange(given)),
      print: ({ gtlist, cat, parts }) => (gtlist ? undefined : cat ? 'cat' : printRange(parts[0].first, parts[0].last)),
    }),
    flag('no_run_fld', 'noRunFolder', 'the files lie in -dir itself, not in a run folder'),
    flag('prb_fld', 'probeFolders', 'every probe has its own folder in the run folder'),
    flag('prb_miss_ok', 'probesMayMiss', 'go on without a probe whose files are missing'),
    flag('exported', 'exported', "the names of inputs and outputs carry SpikeGLX's tag 'exported'"),
    flag('t_miss_ok', 'trialsMayMiss', 'go on when a trigger is missing; its time becomes a gap'),
  ]),

  ...group('Which streams', [
    flag('ni', 'ni', 'the NI stream'),
    flag('ob', 'ob', 'the OneBoxes that -obx lists'),
    flag('ap', 'ap', 'the AP band of the probes'),
    flag('lf', 'lf', 'the LF band of the probes; made from a full-band AP file where there is no LF file'),
    valued({
      name: 'obx', form: '0,3:5', help: 'OneBox indexes',
      read: (draft, given) => void (draft.obx = readList(given)),
      print: ({ ob, obx }) => (ob ? formatChannelList(obx) : undefined),
    }),
    flag('prb_3A', 'threeA', 'files of a phase 3A probe, without a probe number in their names'),
    valued({
      name: 'prb', form: '0,3:5', help: 'probe indexes',
      read: (draft, given) => void (draft.probes = readList(given)),
      print: ({ ap, lf, threeA, probes }) => ((ap || lf) && !threeA ? formatChannelList(probes) : undefined),
    }),
  ]),

  ...group('Joining', [
    numeric({
      name: 'zerofillmax', key: 'zeroFillMax', form: '500', unit: 'ms', help: 'fill no gap longer than this; 0 closes gaps up',
      read: (draft, given) => void (draft.zeroFillMax = notNegative(readInteger(given))),
    }),
    flag('no_linefill', 'lineFill', 'leave gaps of probe files at zero instead of drawing lines across them', { value: false }),
    numeric({
      name: 'startsecs', key: 'startSecs', form: '120.0', unit: 's', help: 'leave out this much of the first file',
      read: (draft, given) => void (draft.startSecs = notNegative(readNumber(given))),
    }),
    numeric({
      name: 'maxsecs', key: 'maxSecs', form: '7.5', unit: 's', help: 'let no output be longer than this',
      read: (draft, given) => void (draft.maxSecs = notNegative(readNumber(given)) || undefined),
    }),
  ]),

  ...group('Filters (neural channels)', [
    valued({
      name: 'apfilter', form: 'butter,12,300,10000', unit: 'type, order, Hz, Hz', help: 'band-pass for AP: butter or biquad, order, high-pass and low-pass corner (0: none)',
      read: (draft, given) => void (draft.apFilter = readFilter(given)),
      print: ({ apFilter }) => apFilter && printFilter(apFilter),
    }),
    valued({
      name: 'lffilter', form: 'butter,12,1,500', unit: 'type, order, Hz, Hz', help: 'the same for LF',
      read: (draft, given) => void (draft.lfFilter = readFilter(given)),
      print: ({ lfFilter }) => lfFilter && printFilter(lfFilter),
    }),
    numeric({ name: 'ap2lf_dwnsmp', key: 'ap2lfDownsample', usual: 12, form: '12', help: 'when LF is made from AP, keep one sample in so many', read: readDownsample }),
    flag('no_tshift', 'tshift', 'do not undo the time shift between the channels of a multiplexed ADC', { value: false }),
    valued({
      name: 'loccar_um', form: '40,140', unit: 'um', help: 'subtract from each AP channel the mean of those in a ring around it: inner, outer radius',
      read: readLocalCar,
      print: (options) => (options.car?.kind === 'loccar_um' ? printNumbers([options.car.inner, options.car.outer]) : undefined),
    }),
    valued({
      name: 'loccar', form: '2,8', unit: 'sites', help: 'the same with a square ring, in rows and columns of sites: inner, outer half width',
      read: readSiteCar,
      print: (options) => (options.car?.kind === 'loccar' ? printNumbers([options.car.inner, options.car.outer]) : undefined),
    }),
    car('gblcar', 'subtract the median of all AP channels'),
    car('gbldmx', 'subtract the mean of the AP channels that are digitised at the same time'),
    valued({
      name: 'gfix', form: '0.40,0.10,0.02', unit: 'mV, mV/sample, mV', help: 'take out fast artifacts that many AP channels share: amplitude, slope, level at which one is over',
      read: readGfix,
      print: ({ gfix }) => gfix && printNumbers([gfix.amp, gfix.slope, gfix.base]),
    }),
    valued({
      name: 'chnexcl', form: '{prb;list}{prb;list}', help: 'acquisition channels that referencing and -gfix must not use',
      read: (draft, given) => void (draft.exclude = readExclusions(given)),
      print: ({ exclude }) => (exclude.size > 0 ? printExclusions(exclude) : undefined),
    }),
  ]),

  ...group('Events', [
    extractor('xa', '0,0,2,3.0,4.5,25', 'js, ip, word, V, V, ms[, ms]', 'pulses of an analog column: two thresholds, width (0: any), tolerance'),
    extractor('xia', '0,0,2,3.0,4.5,2', 'js, ip, word, V, V, ms[, ms]', 'the same for inverted pulses'),
    extractor('xd', '2,0,384,6,500', 'js, ip, word, bit, ms[, ms]', 'pulses of one bit of a digital column: width (0: any), tolerance'),
    extractor('xid', '2,0,384,6,50', 'js, ip, word, bit, ms[, ms]', 'the same for inverted pulses'),
    extractor('bf', '0,0,8,2,4,3', 'js, ip, word, bit, bits, samples', 'changes of a number made of several bits: first bit, bits, samples in a row'),
    numeric({ name: 'inarow', key: 'inARow', usual: 5, form: '5', unit: 'samples', help: 'a pulse must stay high, and low, this long to be believed', read: readInARow }),
    flag('no_auto_sync', 'autoSync', 'do not extract the sync edges of every stream', { value: false }),
  ]),

  ...group('Output', [
    {
      name: 'save', form: 'js,ip1,ip2,list', help: 'write these acquisition channels of probe ip1 as imec<ip2>, instead of all; js 2: AP, 3: LF; may be repeated',
      read: (draft, given) => void draft.saves.push(...readSave(given, (line) => draft.warnings.push(line))),
      print: ({ saves }) => [...saves].sort((a, b) => a.js - b.js || a.ip1 - b.ip1).map(printSave),
    },
    {
      name: 'sepShanks', form: 'ip,ip0,ip1,ip2,ip3', help: 'write each shank of probe ip as a file of its own, shank 0 as imec<ip0> (-1: not at all); one per probe',
      read: (draft, given) => void draft.shankSplits.push(readShankSplit(given)),
      print: ({ shankSplits }) => [...shankSplits].sort(byProbe).map(printShankSplit),
    },
    {
      name: 'maxZ', form: 'ip,type,z', help: 'leave out the channels of probe ip above z; type 0: a row, 1: um from the lowest row, 2: um from the tip; one per probe',
      read: (draft, given) => void draft.depthLimits.push(readDepthLimit(given)),
      print: ({ depthLimits }) => [...depthLimits].sort(byProbe).map(printDepthLimit),
    },
    flag('pass1_force_ni_ob_bin', 'forceNiObBin', 'write NI and OneBox binaries even when nothing changes in them'),
    valued({
      name: 'supercat', form: '{dir,run_ga}{dir,run_ga}', help: 'instead of -dir and -run: join the outputs of earlier passes over several runs; the elements are as their fyi.txt lists them',
      read: (draft, given) => void (draft.supercat = readElements(given)),
      print: ({ supercat }) => supercat && printElements(supercat),
    }),
    flag('supercat_trim_edges', 'supercatTrimEdges', 'with -supercat: cut every run at its first and last sync edge, so that joined streams stay aligned', { applies: isSupercat }),
    flag('supercat_skip_ni_ob_bin', 'supercatSkipNiObBin', 'with -supercat: join the events of NI and OneBoxes, not their binaries', { applies: isSupercat }),
    valued({
      name: 'dest', form: 'path', help: 'an existing folder for the outputs; else they lie beside the inputs',
      read: (draft, given) => void (draft.dest = readFolder(given)),
      print: ({ dest }) => (dest === '' ? '/' : dest),
    }),
    flag('no_catgt_fld', 'noCatgtFolder', 'with -dest: make no folder catgt_run in it', { applies: hasDest }),
    flag('out_prb_fld', 'outProbeFolders', 'with -dest: make a folder for each probe', { applies: hasDest }),
  ]),

  ...group("Aftergate's own", [
    valued({
      name: 'prb_dir', form: '{prbs;dir}{prbs;dir}', help: 'probes whose run folder lies in another folder than -dir: {1,3;E:/data}',
      read: (draft, given) => void (draft.probeDirs = readProbeFolders(given)),
      print: ({ probeDirs }) => (probeDirs.size > 0 ? printProbeFolders(probeDirs) : undefined),
    }),
    flag('edits', 'edits', 'beside each binary, list the artifacts that -gfix replaced and the gaps that were filled (.edits.csv)'),
    flag('health', 'health', 'beside each stream that is read, tell of saturation, error bits of the status word and missed samples (.health.json)'),
    valued({
      name: 'numerics', form: 'native', help: "native repeats CatGT's rounding and quirks to the count; exact rounds to nearest and corrects them",
      read: readNumerics,
      print: ({ numerics }) => (numerics === 'exact' ? numerics : undefined),
    }),
    valued({
      name: 'bad_channels', form: 'exclude', help: 'look for dead and noisy AP channels and those outside the brain; exclude: leave them out as -chnexcl does; interpolate: replace dead and noisy ones by their neighbours',
      read: readBadChannels,
      print: ({ badChannels }) => badChannels,
    }),
    // Results do not depend on it, so it is not part of the canonical command.
    valued({ name: 'workers', form: '2', help: 'how many processor cores to use', read: readWorkers, print: () => undefined }),
  ]),
];

function byProbe(a: { readonly ip: number }, b: { readonly ip: number }): number {
  return a.ip - b.ip;
}

function isSupercat(options: CatGTOptions): boolean {
  return options.supercat !== undefined;
}

function hasDest(options: CatGTOptions): boolean {
  return options.dest !== undefined;
}

function readRun(draft: Draft, given: Given): void {
  const run = given.text.trim();
  draft.fromCatGT = run.startsWith('catgt_');
  draft.run = draft.fromCatGT ? run.slice('catgt_'.length) : run;
  if (draft.run === '' || /[/\\]/.test(run)) throw wrongValue(given, 'expected the name of a run (folders belong into -dir)');
}

/** A negative value switches these options off. */
function notNegative(value: number): number | undefined {
  return value < 0 ? undefined : value;
}

function readDownsample(draft: Draft, given: Given): void {
  const factor = readInteger(given);
  if (factor < 2 || factor > 30 || 30000 % factor !== 0) throw wrongValue(given, 'the factor must lie between 2 and 30 and divide 30000');
  draft.ap2lfDownsample = factor;
}

function readLocalCar(draft: Draft, given: Given): void {
  const [inner, outer] = readNumbers(given, 2);
  if (inner < 10) throw wrongValue(given, `the inner radius must be at least 10 um, not ${inner}`);
  if (outer <= inner) throw wrongValue(given, `the outer radius (${outer} um) must be larger than the inner one (${inner} um)`);
  draft.cars.push({ kind: 'loccar_um', inner, outer });
}

function readSiteCar(draft: Draft, given: Given): void {
  const [inner, outer] = readIntegers(given, 2);
  if (inner < 1) throw wrongValue(given, `the inner half width must be at least 1 site, not ${inner}`);
  if (outer <= inner) throw wrongValue(given, `the outer half width (${outer}) must be larger than the inner one (${inner})`);
  draft.cars.push({ kind: 'loccar', inner, outer });
}

function readGfix(draft: Draft, given: Given): void {
  const [amp, slope, base] = readNumbers(given, 3);
  draft.gfix = { amp: Math.abs(amp), slope: Math.abs(slope), base };
}

function readInARow(draft: Draft, given: Given): void {
  const samples = readInteger(given);
  if (samples < 1) draft.warnings.push(`${given.argument}: at least 1 sample is needed; 1 is used.`);
  draft.inARow = Math.max(1, samples);
}

function readNumerics(draft: Draft, given: Given): void {
  if (given.text !== 'native' && given.text !== 'exact') throw wrongValue(given, "expected 'native' or 'exact'");
  draft.numerics = given.text;
}

function readBadChannels(draft: Draft, given: Given): void {
  if (given.text !== 'exclude' && given.text !== 'interpolate') throw wrongValue(given, "expected 'exclude' or 'interpolate'");
  draft.badChannels = given.text;
}

function readWorkers(draft: Draft, given: Given): void {
  const workers = readInteger(given);
  if (workers < 1) throw wrongValue(given, 'at least one worker is needed');
  draft.workers = workers;
}

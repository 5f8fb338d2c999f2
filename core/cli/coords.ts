// `aftergate coords`: the sites of a probe for other programs.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describeFileError, inputFileError, OutputFileError, UsageError, writeWhole, isThere } from '../common/index.ts';
import { coordsNpy, coordsText, jrclustText, kilosortChanMap, parseChannelList, parseMeta, probeinterfaceJson, siteCoords, upgradeMeta } from '../spikeglx/index.ts';
import type { Meta, SiteCoords } from '../spikeglx/index.ts';
import type { Command } from './command.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate coords <meta> --to FORMAT [--dest FILE] [--bad 3,5] [--compat]

Writes where the sites of a probe's .meta file are. Channels are numbered by their column in the file; x counts in um
from the left edge of shank 0. Formats, and the file that is written beside the meta without --dest:

  text            <stem>_siteCoords.txt          index, x, y, shank, separated by tabs
  kilosort        <stem>_kilosortChanMap.mat     channel map of Kilosort
  jrclust         <stem>_forJRCprm.txt           shankMap, siteLoc, siteMap for a .prm file
  npy             <stem>_siteCoords.npy          (n, 2) doubles
  probeinterface  <stem>_probeinterface.json     probeinterface 0.2
  meta            <stem>.meta                    the meta with gains, multiplex table and positions appended where an old
                                                 SpikeGLX left them out; the original is kept as <stem>_orig.meta

  --dest FILE     another file (or folder) to write to; with --to meta the original then stays as it is
  --bad LIST      channels to mark as not connected, e.g. 3,5:8
  --compat        write what the reference pipeline writes, its mistakes included
`;

interface CoordsOptions {
  readonly metaPath: string;
  readonly to: string;
  readonly dest: string | undefined;
  readonly bad: readonly number[];
  readonly compat: boolean;
}

interface Format {
  readonly suffix: string;
  readonly encode: (input: { meta: Meta; coords: SiteCoords; stem: string; compat: boolean }) => string | Uint8Array;
}

const formats: Readonly<Record<string, Format>> = {
  text: { suffix: '_siteCoords.txt', encode: ({ coords }) => coordsText(coords) },
  kilosort: { suffix: '_kilosortChanMap.mat', encode: ({ coords, stem }) => kilosortChanMap(coords, stem) },
  jrclust: { suffix: '_forJRCprm.txt', encode: ({ coords, compat }) => jrclustText(coords, { compat }) },
  npy: { suffix: '_siteCoords.npy', encode: ({ coords }) => coordsNpy(coords) },
  probeinterface: { suffix: '_probeinterface.json', encode: ({ meta, coords }) => probeinterfaceJson(meta, coords) },
};

export const coordsCommand: Command = {
  name: 'coords',
  summary: 'site coordinates of a probe for Kilosort, JRClust, NumPy, probeinterface',
  usage,
  async run(argv, io) {
    const options = parseCoordsArguments(argv, io.cwd);
    try {
      const written = options.to === 'meta' ? await writeUpgradedMeta(options) : await writeCoords(options, formats[options.to]!);
      io.out(`${written}\n`);
    } catch (error) {
      if (!(error instanceof OutputFileError) || options.dest !== undefined) throw error;
      throw new OutputFileError(error.path, describeFileError(error.cause).what, { cause: error, next: 'Name another place with --dest.' });
    }
  },
};

export function parseCoordsArguments(argv: readonly string[], cwd: string): CoordsOptions {
  const { values, positionals } = parsed(argv);
  const [meta, ...more] = positionals;
  if (meta === undefined) throw new UsageError('coords needs a .meta file', { next: 'aftergate coords <meta> --to text' });
  if (more.length > 0) throw new UsageError(`coords takes one .meta file, not also '${more[0]}'`);
  const choices = [...Object.keys(formats), 'meta'];
  if (values.to === undefined || !choices.includes(values.to)) {
    throw new UsageError(values.to === undefined ? 'coords needs --to' : `--to ${values.to}: no such format`, { next: `One of ${choices.join(', ')}.` });
  }
  return {
    metaPath: path.resolve(cwd, meta.replace(/\.bin$/, '.meta')),
    to: values.to,
    dest: values.dest === undefined ? undefined : path.resolve(cwd, values.dest),
    bad: badChannels(values.bad),
    compat: values.compat ?? false,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  return readOptions({ args: [...argv], options: { to: text, dest: text, bad: text, compat: { type: 'boolean' } }, allowPositionals: true }, 'aftergate coords --help tells the options.');
}

function badChannels(text: string | undefined): readonly number[] {
  if (text === undefined || text.trim() === '') return [];
  try {
    const list = parseChannelList(text);
    if (list !== 'all') return list;
  } catch (error) {
    throw new UsageError(`--bad: ${(error as RangeError).message}`, { cause: error });
  }
  throw new UsageError('--bad all would leave no channel');
}

async function writeCoords(options: CoordsOptions, format: Format): Promise<string> {
  const meta = parseMeta(await readInput(options.metaPath), options.metaPath);
  const stem = stemOf(options.metaPath);
  const target = await targetOf(options, `${stem}${format.suffix}`);
  await writeWhole(target, format.encode({ meta, coords: siteCoords(meta, options.bad, { compat: options.compat }), stem, compat: options.compat }));
  return target;
}

/** The original is never lost: it is kept before the new meta takes its name, and never replaced by a later one. */
async function writeUpgradedMeta(options: CoordsOptions): Promise<string> {
  const original = await readInput(options.metaPath);
  const upgraded = upgradeMeta(original, options.metaPath, { compat: options.compat });
  const target = await targetOf(options, path.basename(options.metaPath));
  if (target === options.metaPath) {
    const kept = path.join(path.dirname(target), `${stemOf(target)}_orig.meta`);
    if (!(await isThere(kept))) await writeWhole(kept, original);
  }
  await writeWhole(target, upgraded);
  return target;
}

/** --dest may be a folder. */
async function targetOf(options: CoordsOptions, fileName: string): Promise<string> {
  if (options.dest === undefined) return path.join(path.dirname(options.metaPath), fileName);
  const isFolder = await fs.stat(options.dest).then((stat) => stat.isDirectory(), () => false);
  return isFolder ? path.join(options.dest, fileName) : options.dest;
}

function stemOf(metaPath: string): string {
  return path.basename(metaPath).replace(/\.meta$/, '');
}

async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    throw inputFileError(file, error);
  }
}

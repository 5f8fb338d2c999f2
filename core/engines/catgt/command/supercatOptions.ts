// -supercat: its elements, and what of the other options still means something beside it. The files it joins are those of
// earlier passes, which did the joining, cutting, filtering and extracting.

import { UsageError } from '../../../common/index.ts';
import type { Draft } from './optionEntry.ts';
import type { CatGTOptions, SupercatElement } from './options.ts';
import { readBraces, readFolder, wrongValue, type Given } from './optionValues.ts';

/** Options of the first pass. */
const firstPass = new Set([
  'dir', 'run', 'gtlist', 'g', 't', 't_miss_ok', 'zerofillmax', 'no_linefill', 'startsecs', 'maxsecs', 'apfilter', 'lffilter', 'ap2lf_dwnsmp', 'no_tshift', 'loccar_um', 'loccar', 'gblcar', 'gbldmx',
  'gfix', 'chnexcl', 'bad_channels', 'inarow', 'save', 'sepShanks', 'maxZ', 'pass1_force_ni_ob_bin', 'no_catgt_fld', 'prb_dir', 'edits', 'health',
]);

/** `{dir,run_ga}{dir,run_ga}`: at least two; the runs may begin with `catgt_`. Folders may hold commas. */
export function readElements(given: Given): SupercatElement[] {
  const elements = readBraces(given).map((text) => {
    const [, dir, tag, run, gate] = /^([^]*),\s*(catgt_)?([^,/\\]+)_g(\d+)\s*$/.exec(text) ?? [];
    if (dir === undefined) throw wrongValue(given, `'{${text}}' is not a folder and a run in it like {/data/out,catgt_mouse_g0}`);
    return { dir: readFolder({ ...given, text: dir.trim() }), run, gate: Number(gate), fromCatGT: tag !== undefined };
  });
  if (elements.length < 2) throw wrongValue(given, 'joins at least two runs');
  return elements;
}

export function printElements(elements: readonly SupercatElement[]): string {
  return elements.map((element) => `{${element.dir || '/'},${elementName(element)}}`).join('');
}

/** `catgt_run_g0`, or `run_g0`. */
export function elementName({ run, gate, fromCatGT }: SupercatElement): string {
  return `${fromCatGT ? 'catgt_' : ''}${run}_g${gate}`;
}

/** The arguments that have an effect; what is said of the others is added to `warnings`. */
export function supercatArguments(given: readonly string[], warnings: string[]): string[] {
  const isIdle = (argument: string) => firstPass.has(/^\s*-(\w+)/.exec(argument)?.[1] ?? '');
  for (const argument of given.filter(isIdle)) warnings.push(`${argument.trim()} has no effect with -supercat, which joins what earlier passes made.`);
  return given.filter((argument) => !isIdle(argument));
}

/** The outputs carry the name of the first element. Throws UsageError when what -supercat needs is missing. */
export function supercatTarget({ supercat, supercatTrimEdges, autoSync, dest }: Draft): Pick<CatGTOptions, 'dir' | 'run' | 'fromCatGT' | 'parts'> {
  const [{ dir, run, gate, fromCatGT }] = supercat!;
  if (dest === undefined) throw new UsageError('-supercat needs -dest', { next: 'Give an existing folder for the joined files.' });
  if (supercatTrimEdges && autoSync === false) throw new UsageError('-supercat_trim_edges needs the sync edges, which -no_auto_sync leaves out', { next: 'Leave out one of them.' });
  return { dir, run, fromCatGT, parts: [{ gate, first: -1, last: -1 }] };
}

// The help text of `aftergate catgt`, from the option table.

import type { OptionEntry } from './optionEntry.ts';
import { optionTable } from './optionTable.ts';

export function catgtUsage(): string {
  const titles = [...new Set(optionTable.map((entry) => entry.group))];
  const width = Math.max(...optionTable.map((entry) => signature(entry).length));
  const line = (entry: OptionEntry) => `  ${signature(entry).padEnd(width)}  ${entry.help}${entry.unit ? ` (${entry.unit})` : ''}`;
  const sections = titles.map((title) => [`${title}:`, ...optionTable.filter((entry) => entry.group === title).map(line)].join('\n'));
  return ['aftergate catgt -dir=data_dir -run=run_name -g=ga,gb -t=ta,tb <streams> [options]', purpose, ...sections, ''].join('\n\n').trimEnd() + '\n';
}

const purpose = `Joins the files of a run on the true time axis, aligns, filters and references the probes' channels, removes artifacts
and extracts the times of sync and other events. Outputs are named run_g<ga>_tcat...; inputs are never changed.
js is 0 for NI, 1 for OneBox, 2 for AP; ip the index of the OneBox or probe; word a file column, -1 the last one.`;

function signature(entry: OptionEntry): string {
  return `-${entry.name}${entry.form === undefined ? '' : `=${entry.form}`}`;
}

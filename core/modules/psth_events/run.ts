// psth_events: finds the file of an extractor's events in the folders of a run and writes its times beside the sorting.

import { JobError } from '../../common/index.ts';
import { eventFileEndings, eventsCsv, findEventFile, writeEventsCsv } from '../../formats/eventFiles/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { existingFolder, requireValue } from '../record/index.ts';
import type { PsthEventsParams } from './params.ts';
import { runFolders, textFiles } from './runFolders.ts';

const parameter = 'psth_events.event_ex_param_str';

export async function runPsthEvents({ psth_events: section, directories }: PsthEventsParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const extractor = requireValue(parameter, section.event_ex_param_str);
  const endings = eventFileEndings(extractor, parameter);
  const sorted = await existingFolder('directories.kilosort_output_directory', directories.kilosort_output_directory, context.cwd);
  const extracted = directories.extracted_data_directory?.trim();
  const folders = await runFolders(sorted, extracted ? await existingFolder('directories.extracted_data_directory', extracted, context.cwd) : undefined);

  const files = (await Promise.all(folders.map(textFiles))).flat();
  const file = findEventFile(endings, { aligned: files, inPlace: files });
  if (file === undefined) {
    throw new JobError(`no event file of '${extractor}' (*${endings[0]}.txt) was found in ${folders.join(', ')}`, {
      next: `Run catGT_helper with this extractor, or correct ${parameter} or directories.extracted_data_directory.`,
    });
  }
  if (!file.endsWith('.adj.txt')) context.warn(`${file}: these times are not aligned to the spikes; run tPrime_helper first if they come from another stream`);
  const count = await writeEventsCsv(file, [sorted]);
  context.log(`events.csv: ${count} events of ${file}`);
  if (count === 0) context.warn(`${file}: holds no events, so events.csv is empty`);
  return {
    result: { execution_time: (performance.now() - began) / 1000 },
    inputs: [file],
    outputs: [eventsCsv(sorted)],
    figures: { events: count },
  };
}

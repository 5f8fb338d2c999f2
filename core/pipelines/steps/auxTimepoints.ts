// A time for every sample of NI and OneBoxes, as a file of events that TPrime then aligns: so analog values can be looked
// up at the times of spikes. A step like a module's, but of the pipeline's own.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { InputFileError, openOutputs, outputFileError, writeWhole, readTextIfThere } from '../../common/index.ts';
import { npyHeader } from '../../formats/index.ts';
import type { Module, ModuleContext, ModuleOutcome } from '../../modules/index.ts';
import { choice, requireValue, section, sections, texts } from '../../modules/record/index.ts';
import { catgtHelperParams, directories } from '../../modules/sections/index.ts';
import { readMeta, requireNumber } from '../../spikeglx/index.ts';
import { catgtFolder, runAndGate } from './names.ts';

const auxSections = sections({
  aux_timepoints_params: section('Times of the samples of auxiliary streams.', {
    streams: texts({ help: 'The streams: ni, obx0 ...' }),
    tag: choice(['catgt', 'supercat'], { help: 'What the run folder begins with.' }).default('catgt'),
  }),
  catGT_helper_params: catgtHelperParams,
  directories,
});

export const auxTimepoints: Module<typeof auxSections> = {
  name: 'aux_timepoints',
  summary: 'write the time of every sample of NI and OneBoxes',
  sections: auxSections,
  run,
};

async function run(params: z.infer<typeof auxSections>, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const { run_name: run, gate_string: gates } = params.catGT_helper_params;
  const gate = Number(gates.split(/[,:; ]/)[0]);
  const runName = runAndGate(run, gate);
  const dest = requireValue('directories.extracted_data_directory', params.directories.extracted_data_directory);
  const folder = catgtFolder(path.resolve(context.cwd, dest), run, gate, params.aux_timepoints_params.tag);
  const inputs: string[] = [];
  const outputs: string[] = [];
  for (const stream of params.aux_timepoints_params.streams) {
    const meta = await readMeta(path.join(folder, `${runName}_tcat.${stream === 'ni' ? 'nidq' : `${stream}.obx`}.meta`));
    const rate = requireNumber(meta, stream === 'ni' ? 'niSampRate' : 'obSampRate');
    const samples = Math.floor(requireNumber(meta, 'fileSizeBytes') / (2 * requireNumber(meta, 'nSavedChans')));
    const file = path.join(folder, `${runName}_tcat.${stream}.times.npy`);
    await writeTimes(file, samples, rate, context);
    await listTimes(folder, runName, stream, file);
    inputs.push(meta.path);
    outputs.push(file);
  }
  return { result: { execution_time: (performance.now() - began) / 1000 }, inputs, outputs };
}

/** Values written at once: 8 MB. */
const block = 2 ** 20;

/** sample / rate as float64, shape (samples,); written in pieces, since 30 hours are some 20 GB. */
async function writeTimes(file: string, samples: number, rate: number, { signal, progress }: ModuleContext): Promise<void> {
  const outputs = openOutputs();
  try {
    const handle = await fs.open(await outputs.add(file), 'w');
    try {
      await handle.writeFile(npyHeader('<f8', [samples]));
      for (let first = 0; first < samples; first += block) {
        signal?.throwIfAborted();
        const count = Math.min(block, samples - first);
        await handle.writeFile(new Uint8Array(Float64Array.from({ length: count }, (_, index) => (first + index) / rate).buffer));
        progress?.({ label: path.basename(file), done: first + count, total: samples });
      }
    } finally {
      await handle.close();
    }
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    throw signal?.aborted ? error : outputFileError(file, error);
  }
}

/** Adds the file to the run's list of outputs, once. */
async function listTimes(folder: string, runName: string, stream: string, file: string): Promise<void> {
  const line = `times_${stream}_N=${file}`;
  for (const name of [`${runName}_all_fyi.txt`, `${runName}_fyi.txt`]) {
    const list = path.join(folder, name);
    const text = await readTextIfThere(list);
    if (text === undefined) continue;
    const lines = text.split(/\r?\n/).filter((each) => each !== '');
    if (!lines.includes(line)) await writeWhole(list, [...lines, line].map((each) => `${each}\n`).join(''));
    return;
  }
  throw new InputFileError(folder, `holds no ${runName}_all_fyi.txt`, { next: 'Run CatGT on this run first.' });
}

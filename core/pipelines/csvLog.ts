// The csv log of the field's scripts: a row per sorted probe with the times its modules took. What a row says comes from
// the output JSONs alone, so that writing it again after a crash changes nothing.

import { writeWhole, readTextIfThere } from '../common/index.ts';
import type { Step } from '../execution/index.ts';
import { type OutputJson, readInputJson, type RunRecord } from '../modules/index.ts';

const header = 'session_id,date_run,time_run,ntot,nTemplate,KS2_time,KS_postprocess_time,noise_template_time,mean_waveform_time,QC_time';

/** The modules whose times are the columns from KS2_time on; of the first any one. */
const timed = [['kilosort_helper', 'ks4_helper', 'spike_sorter'], ['kilosort_postprocessing'], ['noise_templates'], ['mean_waveforms'], ['quality_metrics']];

/** @param session `<run>_g0_imec1` @param steps those of the probe that are done. Throws InputFileError, OutputFileError. */
export async function logProbe(file: string, session: string, steps: readonly Step[]): Promise<void> {
  const outputs = new Map<string, OutputJson>();
  for (const step of steps) outputs.set(step.module, await readInputJson(step.outputJson));
  if (outputs.size > 0) await addRow(file, logRow(session, outputs));
}

/** @param outputs output JSONs by module */
export function logRow(session: string, outputs: ReadonlyMap<string, OutputJson>): string {
  const finished = [...outputs.values()].map((output) => (output.aftergate as RunRecord).finished).sort().at(-1)!;
  const sorter = timed[0].map((name) => outputs.get(name)).find((output) => output !== undefined);
  const times = timed.map((names) => names.map((name) => outputs.get(name)?.execution_time).find((time) => typeof time === 'number'));
  return [session, dateAndTime(new Date(finished)), count(sorter?.nTot), count(sorter?.nTemplate), ...times.map((time) => (time === undefined ? 'None' : time.toFixed(2)))].join(',');
}

function count(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'None';
}

/** Local time: `11/22/2026, 06:21:36`; the comma makes two columns of it. */
function dateAndTime(when: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(when.getMonth() + 1)}/${two(when.getDate())}/${when.getFullYear()}, ${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}

/** Adds the row at the end unless it is there; a new file begins with the header. */
async function addRow(file: string, row: string): Promise<void> {
  const text = (await readTextIfThere(file)) ?? '';
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.includes(row)) return;
  await writeWhole(file, [...(lines.length === 0 ? [header] : lines), row].map((line) => `${line}\n`).join(''));
}

// The paragraph for a paper: what was done with which settings, from what the modules say they ran with.

import { aftergateVersion, readInputJson } from '../../../modules/index.ts';
import type { JobStep, StoredJob } from '../job.ts';
import { at, isSorter, outputOf } from './figures.ts';

const sorterNames: Readonly<Record<string, string>> = { spike_sorter: 'the spike sorter built into Aftergate', ks4_helper: 'Kilosort 4', kilosort_helper: 'Kilosort' };

/** Of what was done; one probe and one run speak for all that share the session. */
export async function methodsText({ steps }: Pick<StoredJob, 'steps'>): Promise<string> {
  const done = steps.filter(({ state }) => state === 'done' || state === 'skipped');
  if (done.length === 0) return '';
  const has = (module: string) => done.some((step) => step.module === module);
  const runs = new Set(done.map(({ run, gate }) => `${run} ${gate}`)).size;
  const probes = new Set(done.flatMap(({ run, gate, probe }) => (probe === null ? [] : [`${run} ${gate} ${probe}`]))).size;
  const sentences = [
    `Recordings (${counted(runs, 'run')}${probes > 0 ? `, ${counted(probes, 'probe')}` : ''}) were processed with Aftergate ${aftergateVersion}.`,
    await catgtSentence(done),
    await sorterSentence(done),
    has('kilosort_postprocessing') ? await postprocessingSentence(done) : '',
    has('mean_waveforms') ? 'Mean waveforms and their shape were measured with C_Waves.' : '',
    has('quality_metrics') ? await metricsSentence(done) : '',
    has('tPrime_helper') ? await tprimeSentence(done) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

async function catgtSentence(done: readonly JobStep[]): Promise<string> {
  const params = at(await outputOf(done, 'catGT_helper'), 'input_parameters', 'catGT_helper_params');
  const options = ['car_mode', 'stream_string', 'cmdStr'].map((key) => at(params, key)).filter((value) => typeof value === 'string');
  if (options.length === 0) return '';
  const [car, streams, command] = options as string[];
  return `Triggers were concatenated, filtered and scanned for events with CatGT (${[streams, car === 'None' || car === 'none' ? '' : `-${car}`, command].filter((text) => text).join(' ')}).`;
}

async function sorterSentence(done: readonly JobStep[]): Promise<string> {
  const step = done.find(({ module }) => isSorter(module));
  if (!step) return '';
  const content = await readInputJson(step.outputJson).catch(() => ({}));
  const version = step.module === 'kilosort_helper' ? at(content, 'input_parameters', 'kilosort_helper_params', 'kilosort2_params', 'KSver') : undefined;
  return `Spikes were sorted with ${sorterNames[step.module]}${typeof version === 'string' ? ` ${version}` : ''}.`;
}

async function postprocessingSentence(done: readonly JobStep[]): Promise<string> {
  const params = at(await outputOf(done, 'kilosort_postprocessing'), 'input_parameters', 'ks_postprocessing_params');
  const within = at(params, 'within_unit_overlap_window');
  const between = at(params, 'between_unit_overlap_window');
  const windows = typeof within === 'number' && typeof between === 'number' ? ` (within units: ${milliseconds(within)} ms, between units: ${milliseconds(between)} ms)` : '';
  return `Spikes that were counted twice were removed${windows}.`;
}

async function metricsSentence(done: readonly JobStep[]): Promise<string> {
  const threshold = at(await outputOf(done, 'quality_metrics'), 'input_parameters', 'quality_metrics_params', 'isi_threshold');
  return `Quality metrics were computed for every unit${typeof threshold === 'number' ? ` (refractory period ${milliseconds(threshold)} ms)` : ''}.`;
}

async function tprimeSentence(done: readonly JobStep[]): Promise<string> {
  const params = at(await outputOf(done, 'tPrime_helper'), 'input_parameters', 'tPrime_helper_params');
  const [stream, period] = [at(params, 'toStream_sync_params'), at(params, 'sync_period')];
  return `Times were aligned with TPrime${typeof stream === 'string' ? ` to the clock of ${stream}` : ''}${typeof period === 'number' ? ` (sync period ${period} s)` : ''}${at(params, 'tprime_interp') === true ? ', interpolating linearly between its edges' : ''}.`;
}

function milliseconds(seconds: number): string {
  return String(Number((seconds * 1000).toPrecision(3)));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

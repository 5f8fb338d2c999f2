// The paragraph for a paper: what is done with which settings, of steps that have run or of a plan.

import { aftergateVersion } from '../modules/index.ts';
import { isObject } from '../modules/record/index.ts';
import { counted } from './preflight/words.ts';

/** A step as it ran, or as it will. */
export interface DescribedStep {
  readonly run: string;
  readonly gate: number;
  /** null: of the whole run. */
  readonly probe: number | null;
  readonly module: string;
  /** The sections of its parameters; empty when they are not known. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const sorterNames: Readonly<Record<string, string>> = { spike_sorter: 'the spike sorter built into Aftergate', ks4_helper: 'Kilosort 4', kilosort_helper: 'Kilosort' };

/** One probe and one run speak for all that share the session; '' without steps. */
export function methodsText(steps: readonly DescribedStep[]): string {
  if (steps.length === 0) return '';
  const of = (module: string) => steps.find((step) => step.module === module);
  const runs = new Set(steps.map(({ run, gate }) => `${run} ${gate}`)).size;
  const probes = new Set(steps.flatMap(({ run, gate, probe }) => (probe === null ? [] : [`${run} ${gate} ${probe}`]))).size;
  const sentences = [
    `Recordings (${counted(runs, 'run')}${probes > 0 ? `, ${counted(probes, 'probe')}` : ''}) were processed with Aftergate ${aftergateVersion}.`,
    catgtSentence(of('catGT_helper')),
    sorterSentence(steps.find(({ module }) => module in sorterNames)),
    postprocessingSentence(of('kilosort_postprocessing')),
    of('mean_waveforms') ? 'Mean waveforms and their shape were measured with C_Waves.' : '',
    metricsSentence(of('quality_metrics')),
    tprimeSentence(of('tPrime_helper')),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function catgtSentence(step: DescribedStep | undefined): string {
  const params = at(step?.parameters, 'catGT_helper_params');
  const options = ['car_mode', 'stream_string', 'cmdStr'].map((key) => at(params, key)).filter((value) => typeof value === 'string');
  if (options.length === 0) return '';
  const [car, streams, command] = options;
  return `Triggers were concatenated, filtered and scanned for events with CatGT (${[streams, car === 'None' || car === 'none' ? '' : `-${car}`, command].filter((text) => text).join(' ')}).`;
}

function sorterSentence(step: DescribedStep | undefined): string {
  if (!step) return '';
  const version = step.module === 'kilosort_helper' ? at(step.parameters, 'kilosort_helper_params', 'kilosort2_params', 'KSver') : undefined;
  return `Spikes were sorted with ${sorterNames[step.module]}${typeof version === 'string' ? ` ${version}` : ''}.`;
}

function postprocessingSentence(step: DescribedStep | undefined): string {
  if (!step) return '';
  const params = at(step.parameters, 'ks_postprocessing_params');
  const [within, between] = [at(params, 'within_unit_overlap_window'), at(params, 'between_unit_overlap_window')];
  const windows = typeof within === 'number' && typeof between === 'number' ? ` (within units: ${milliseconds(within)} ms, between units: ${milliseconds(between)} ms)` : '';
  return `Spikes that were counted twice were removed${windows}.`;
}

function metricsSentence(step: DescribedStep | undefined): string {
  if (!step) return '';
  const threshold = at(step.parameters, 'quality_metrics_params', 'isi_threshold');
  return `Quality metrics were computed for every unit${typeof threshold === 'number' ? ` (refractory period ${milliseconds(threshold)} ms)` : ''}.`;
}

function tprimeSentence(step: DescribedStep | undefined): string {
  if (!step) return '';
  const params = at(step.parameters, 'tPrime_helper_params');
  const [stream, period] = [at(params, 'toStream_sync_params'), at(params, 'sync_period')];
  return `Times were aligned with TPrime${typeof stream === 'string' ? ` to the clock of ${stream}` : ''}${typeof period === 'number' ? ` (sync period ${period} s)` : ''}${at(params, 'tprime_interp') === true ? ', interpolating linearly between its edges' : ''}.`;
}

function at(content: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), content);
}

function milliseconds(seconds: number): string {
  return String(Number((seconds * 1000).toPrecision(3)));
}

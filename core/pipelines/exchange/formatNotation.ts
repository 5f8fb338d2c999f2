// A session in the field's notation: what each step decides, and CatGT's commands as the pipeline will give them. What is
// written here can be pasted back.

import path from 'node:path';
import { canonicalCommand, parseCatGTArguments } from '../../engines/catgt/index.ts';
import { shankNumber } from '../../notation/index.ts';
import { findModule, type ParameterInput, parseParameters } from '../../modules/index.ts';
import { catgtArguments } from '../../modules/catGT_helper/index.ts';

import { sections as recordSections } from '../../modules/record/index.ts';
import { catgtHelperParams, directories } from '../../modules/sections/index.ts';
import type { Step } from '../../execution/index.ts';
import { knownSections } from '../session/overrides.ts';
import { modules } from '../../modules/index.ts';
import { effectiveSession } from './effective.ts';
import { probesOf, regionsOf } from './specEntries.ts';

/** What a call of CatGT is made of. */
const catgtCall = recordSections({ catGT_helper_params: catgtHelperParams, directories });

/** Texts by step of the wizard. */
export function stepNotation(session: ParameterInput): Readonly<Record<string, string>> {
  const effective = effectiveSession(session);
  const specs = (Array.isArray(effective.run_specs) ? effective.run_specs : []) as unknown[][];
  const assign = (...keys: string[]) => keys.flatMap((key) => (effective[key] === undefined || effective[key] === '' || isEmpty(effective[key]) ? [] : [`${key} = ${python(effective[key])}`])).join('; ');
  const sections = Object.keys(knownSections(modules)).filter((key) => session[key] !== undefined && session[key] !== null);
  const eachRun = (text: (spec: unknown[]) => string) => specs.map((spec) => (specs.length > 1 ? `-run=${String(spec[0])} ${text(spec)}` : text(spec))).join(' ');
  return {
    runs: session.kind === 'file-list' ? assign('file_list') : assign('npx_directory', 'run_specs'),
    gates: eachRun(([, gates, triggers]) => `-g=${String(gates)} -t=${String(triggers)}`),
    probes: eachRun((spec) => [`-prb=${String(spec[3])}`, spec[4] ? `-obx=${String(spec[4])}` : '', ...splitsOf(spec)].filter(Boolean).join(' ')),
    extract: String(effective.ni_obx_extract_string ?? ''),
    preprocess: [carText(effective), String(effective.catGT_cmd_string ?? '')].filter(Boolean).join(' '),
    sort: assign('ks_ver', 'ksTh_dict', 'refPerMS_dict'),
    modules: [assign('modules'), ...sections.map((key) => `${key} = ${python(session[key])}`)].filter(Boolean).join('; '),
    sync: assign('runTPrime', 'sync_period', 'toStream_sync_params', 'event_ex_param_str'),
    dest: assign('catGT_dest', 'kilosort_output_parent', 'json_directory', 'ks_output_tag'),
    review: 'aftergate run session.json',
  };
}

/** Of probes that are sorted shank by shank. Which shanks have sites is not known here. */
function splitsOf(spec: readonly unknown[]): string[] {
  const regions = regionsOf(spec);
  return probesOf(spec).flatMap((probe, index) => (typeof regions[index] === 'string' ? [] : [`-sepShanks=${[probe, ...[0, 1, 2, 3].map((shank) => shankNumber(probe, shank))].join(',')}`]));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function carText({ car_mode: mode, loccar_min, loccar_max }: ParameterInput): string {
  return mode === 'gblcar' || mode === 'gbldmx' ? `-${mode}` : mode === 'loccar' ? `-loccar_um=${String(loccar_min)},${String(loccar_max)}` : '';
}

/** As a Python literal. */
export function python(value: unknown): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).map(([key, inner]) => `${python(key)}: ${python(inner)}`).join(', ')}}`;
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value);
}

export interface CommandText {
  readonly run: string;
  readonly gate: number;
  readonly text: string;
}

/** CatGT's command for each run of a plan, in CatGT's own order. Its destination need not be there yet. */
export function catgtCommands(steps: readonly Step[]): CommandText[] {
  return steps.filter((step) => step.module === findModule('catGT_helper').name).map(({ run, gate, input }) => {
    const params = parseParameters(catgtCall, input, () => undefined);
    const { npx_directory: source = '', extracted_data_directory: dest = '' } = params.directories;
    const argv = catgtArguments(params.catGT_helper_params, source, dest).filter((argument) => !argument.startsWith('-dest='));
    const options = parseCatGTArguments(argv, path.dirname(source));
    const text = canonicalCommand({ ...options, dest: process.platform === 'win32' ? dest.replaceAll('\\', '/') : dest });
    return { run, gate, text };
  });
}

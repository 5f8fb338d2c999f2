// What there is to set of the modules of a session, from their records, with the defaults the plan will give them.

import { modules as allModules, type Module, type ParameterRow, parameterRows, type ParameterSchema, parameterSchema } from '../../modules/index.ts';
import { createInputJson, parseInputJsonArguments } from '../../modules/createInputJson/index.ts';
import { afterSorting, multiRunSchema, sorterOf } from '../../pipelines/index.ts';
import { ephysParams, type Meta } from '../../spikeglx/index.ts';
import type { ModuleSpec, ModuleSpecs, ParameterSpec, SorterId } from '../contract/index.ts';
import { setElsewhere } from './elsewhere.ts';

/** Sections that many modules read; they are listed once, at the end. */
const shared = ['directories', 'ephys_params'];

/** @param meta of an AP file of the session; without, defaults are those of the records */
export function moduleSpecs(sorter: SorterId, meta: Meta | undefined): ModuleSpecs {
  const order = ['catGT_helper', sorterOf[sorter], ...afterSorting, 'psth_events', 'tPrime_helper'];
  const running = order.map((name) => allModules.find((module) => module.name === name)!);
  const content = meta && plannedContent(sorter, meta);
  const seen = new Set(shared);
  const own = running.map((module) => {
    const sections = sectionsOf(module).filter((section) => !seen.has(section));
    for (const section of sections) seen.add(section);
    return specOf(module, sections, content);
  });
  const recording: ModuleSpec = { ...specOf(running[1], shared, content), name: 'recording', summary: 'files and facts of the recording, which every module reads' };
  return { modules: [...own, recording], session: sessionSpecs(), sorterOf, afterSorting };
}

function sectionsOf({ sections }: Module): string[] {
  return Object.keys(parameterSchema(sections).properties ?? {});
}

function specOf(module: Module, sections: readonly string[], content: Readonly<Record<string, unknown>> | undefined): ModuleSpec {
  const rows = parameterRows(module.sections).filter((row) => sections.includes(row.name.split('.')[0]));
  return {
    name: module.name,
    summary: module.summary,
    params: rows.map((row) => ({ ...toSpec(row), default: valueAt(content, row.name) ?? row.default, group: helpOf(parameterSchema(module.sections), row.name), setBy: setElsewhere(row.name) })),
  };
}

function toSpec({ name, kind, unit, default: usual, min, max, choices, help }: ParameterRow): ParameterSpec {
  return { name, key: name.split('.').at(-1)!, kind, unit, default: usual, min, max, choices, help, group: '' };
}

/** The sentence about the section a parameter stands in. */
function helpOf(schema: ParameterSchema, name: string): string {
  return name.split('.').slice(0, -1).reduce<ParameterSchema | undefined>((at, key) => at?.properties?.[key], schema)?.description ?? '';
}

function valueAt(content: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], content);
}

/** What the pipeline writes into a module's JSON; values that other things set are named as such and stand here as they fall. */
function plannedContent(sorter: SorterId, meta: Meta): Readonly<Record<string, unknown>> {
  const nowhere = { continuous_file: '', input_meta_path: meta.path, extracted_data_directory: '', kilosort_output_directory: '' };
  return createInputJson(parseInputJsonArguments({ ...nowhere, ks_ver: sorter, noise_template_use_rf: false }), ephysParams(meta)).content;
}

/** Keys of the session that shape sorting; the sorter itself, regions and modules have forms of their own. */
function sessionSpecs(): ParameterSpec[] {
  return parameterRows(multiRunSchema)
    .filter(({ name }) => /^(ks_|ks4_|c_Waves)/.test(name) && name !== 'ks_ver')
    .map((row) => ({ ...toSpec(row), group: 'Sorting' }));
}

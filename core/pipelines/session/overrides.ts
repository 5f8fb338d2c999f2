// Sections of modules in a session: {"quality_metrics_params": {"max_radius_um": 100}}. They win over what the session's
// own keys say, except where the plan itself depends on a value.

import { ParameterError } from '../../common/index.ts';
import { type Module, type ParameterInput, type ParameterSchema, parameterSchema } from '../../modules/index.ts';
import { isObject, nearMiss } from '../../modules/record/index.ts';
import { mapPath, type PathRules } from './pathMap.ts';

/** Values the session gives by keys of its own. */
export const planned: Readonly<Record<string, string>> = {
  'directories.npx_directory': 'npx_directory',
  'directories.extracted_data_directory': 'catGT_dest',
  'directories.kilosort_output_directory': 'catGT_dest',
  'ephys_params.ap_band_file': 'run_specs',
  'catGT_helper_params.run_name': 'run_specs',
  'catGT_helper_params.gate_string': 'run_specs',
  'catGT_helper_params.trigger_string': 'run_specs',
  'catGT_helper_params.probe_string': 'run_specs',
  'tPrime_helper_params.sort_out_tag': 'ks_output_tag',
};

/** The sections of all modules there are; of one that several read, all their keys. */
export function knownSections(modules: readonly Module[]): Record<string, ParameterSchema> {
  const known: Record<string, ParameterSchema> = {};
  for (const module of modules) {
    for (const [name, section] of Object.entries(parameterSchema(module.sections).properties ?? {})) {
      known[name] = { ...section, properties: { ...known[name]?.properties, ...section.properties } };
    }
  }
  return known;
}

/** Checks the names in the sections of a session and maps their paths. Throws ParameterError. */
export function checkOverrides(sections: ParameterInput, known: Readonly<Record<string, ParameterSchema>>, map: PathRules['map']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sections).map(([name, value]) => [name, checked(value, known[name], name, map)]));
}

function checked(value: unknown, schema: ParameterSchema, name: string, map: PathRules['map']): unknown {
  if (Object.hasOwn(planned, name)) throw new ParameterError(`${name}: is set by ${planned[name]}`, { next: 'Leave it out.' });
  if (!schema.properties) return typeof value === 'string' && (schema.kind === 'folder' || schema.kind === 'file') ? mapPath(value, map) : value;
  if (!isObject(value)) throw new ParameterError(`${name}: must be a section of parameters ({...})`);
  const { properties } = schema;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
    if (!Object.hasOwn(properties, key)) {
      const meant = nearMiss(key, Object.keys(properties));
      throw new ParameterError(`${name}.${key}: there is no such parameter`, { next: meant ? `Did you mean ${name}.${meant}?` : undefined });
    }
    return [key, checked(inner, properties[key], `${name}.${key}`, map)];
  }));
}

/** `content` with the overrides put in, section by section. */
export function withOverrides(content: ParameterInput, overrides: ParameterInput): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...content };
  for (const [key, value] of Object.entries(overrides)) {
    merged[key] = isObject(value) && isObject(merged[key]) ? withOverrides(merged[key], value) : value;
  }
  return merged;
}

// The modules of the pipeline: each reads sections of an input JSON, does its step with the engines, and leaves files and
// an output JSON. One folder per module, named as in the field; `record` declares parameters, `runner` runs a module,
// `sections` holds what several modules read.
// A module may use engines, tools and what lies below them; never another module, a pipeline or the screen.

export type { Module, ModuleContext, ModuleOutcome } from './module.ts';
export {
  applyOverrides, type Overrides, type ParameterInput, parameterRows, type ParameterRow, parameterSchema, type ParameterSchema, parseParameters,
} from './record/index.ts';
export { findModule, legacyModules, modules } from './registry.ts';
export {
  aftergateVersion, formatOutputJson, type InputIdentity, type OutputJson, parseInputJson, readInputJson, runModule, type RunModuleOptions, type RunRecord,
} from './runner/index.ts';

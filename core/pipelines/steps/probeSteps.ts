// The modules of one probe, one after the other, on one input JSON.

import path from 'node:path';
import type { Dependency, Step } from '../../execution/index.ts';
import type { InputJsonArguments } from '../../modules/createInputJson/index.ts';
import type { EphysParams } from '../../spikeglx/index.ts';
import type { SortingSettings } from '../session/parseSession.ts';
import { outputTag, regionValues } from '../session/regions.ts';
import { inputJson, sortingArguments } from './inputJson.ts';
import { modulesOf } from './moduleChoice.ts';
import { jsonFiles } from './names.ts';

export interface ProbeToSort {
  /** `<run>_g0_imec1`: begins the names of its JSON files and its rows in the log. */
  readonly id: string;
  /** `imec1`; of a shank `imec1012` */
  readonly label: string;
  readonly run: string;
  readonly gate: number;
  /** The number in its label. */
  readonly probe: number;
  readonly region: string;
  /** Where the region stands in the session. */
  readonly regionKey: string;
  readonly bin: string;
  readonly meta: string;
  /** A meta that is there already when the plan is made. */
  readonly knownMeta: string;
  /** What it says of the probe. */
  readonly params: EphysParams;
  /** The sorter's output folder is made in it. */
  readonly folder: string;
  readonly seconds: number;
  /** What must have been done before the first module. */
  readonly dependsOn: readonly Dependency[];
}

/** @param further arguments that depend on the kind of session */
export function probeSteps(settings: SortingSettings & { readonly json_directory: string }, probe: ProbeToSort, further: Partial<InputJsonArguments>): Step[] {
  const modules = modulesOf(probe.label, settings);
  if (modules.length === 0) return [];
  const { isiSeconds, thresholds } = regionValues(probe.region, probe.regionKey, settings);
  const data = path.dirname(probe.bin);
  const input = inputJson({
    ...sortingArguments(settings, modules),
    continuous_file: probe.bin,
    input_meta_path: probe.knownMeta,
    extracted_data_directory: data,
    kilosort_output_directory: path.join(probe.folder, `${probe.label}_${outputTag(settings)}`),
    catGT_run_name: probe.id,
    ks_Th: thresholds,
    qm_isi_thresh: isiSeconds,
    ...further,
  }, probe.params, settings.overrides);
  const inputFile = jsonFiles(settings.json_directory, probe.id).inputJson;
  return modules.map((module, index) => ({
    id: `${probe.id}-${module}`,
    module,
    run: probe.run,
    gate: probe.gate,
    probe: probe.probe,
    input,
    inputJson: inputFile,
    inputCopy: path.join(data, `${probe.id}-input.json`),
    outputJson: jsonFiles(settings.json_directory, `${probe.id}-${module}`).outputJson,
    dependsOn: index === 0 ? probe.dependsOn : [{ step: `${probe.id}-${modules[index - 1]}` }],
    after: [],
    inputs: [probe.bin, probe.meta],
    seconds: probe.seconds,
    notes: [],
  }));
}

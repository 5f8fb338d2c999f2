// The options of each sorter: six that people reach for, and all others.

import type { ModuleSpecs, ParameterSpec, SorterId } from '../../../../../core/service/contract/index.ts';

const matlabCommon = ['ks_nblocks', 'ks_CAR', 'ks_minfr_goodchannels', 'ks_templateRadius_um', 'ks_whiteningRadius_um', 'ks_copy_fproc'];
const ofSorter = (name: string) => `spike_sorter_params.${name}`;

const common: Readonly<Record<SorterId, readonly string[]>> = {
  ag: ['detect_sigma', 'match_sigma', 'drift', 'refractory_ms', 'min_spikes', 'merge_distance'].map(ofSorter),
  4: ['ks_nblocks', 'ks4_duplicate_spike_ms', 'ks4_min_template_size_um', 'ks_CAR', 'ks_whiteningRadius_um', 'ks_copy_fproc'],
  '3.0': matlabCommon,
  '2.5': matlabCommon,
  '2.0': matlabCommon,
};

/** Keys of the session that a sorter takes; the output's name and the radius of SNR go with all of them. */
const ofSession: Readonly<Record<SorterId, RegExp>> = {
  ag: /^(ks_output_tag|c_Waves_snr_um)$/,
  4: /^(ks4_.*|ks_(output_tag|copy_fproc|whiteningRadius_um|CAR|nblocks)|c_Waves_snr_um)$/,
  '3.0': /^(ks_.*|c_Waves_snr_um)$/,
  '2.5': /^(ks_.*|c_Waves_snr_um)$/,
  '2.0': /^(ks_.*|c_Waves_snr_um)$/,
};

export function sorterOptions({ modules, session, sorterOf }: ModuleSpecs, sorter: SorterId): { readonly common: readonly ParameterSpec[]; readonly others: readonly ParameterSpec[] } {
  const own = modules.find(({ name }) => name === sorterOf[sorter])?.params.filter(({ setBy }) => setBy === undefined) ?? [];
  const all = [...session.filter(({ name }) => ofSession[sorter].test(name)), ...own];
  const isCommon = ({ name }: ParameterSpec) => common[sorter].includes(name);
  return { common: common[sorter].flatMap((name) => all.find((param) => param.name === name) ?? []), others: all.filter((param) => !isCommon(param)) };
}

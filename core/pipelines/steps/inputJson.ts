// The input JSON of a step: createInputJson with what the plan knows, then the session's own sections.

import { createInputJson, type InputJsonArguments, parseInputJsonArguments } from '../../modules/createInputJson/index.ts';
import type { EphysParams } from '../../spikeglx/index.ts';
import { withOverrides } from '../session/overrides.ts';
import type { SortingSettings } from '../session/parseSession.ts';
import { outputTag } from '../session/regions.ts';

/** @param probe what the meta says of the probe: told once, though CatGT, the probe's modules and TPrime all write it */
export function inputJson(args: InputJsonArguments, probe: EphysParams, overrides: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withOverrides(createInputJson(parseInputJsonArguments(args), probe).content, overrides);
}

/** What the session says of sorting, as arguments. */
export function sortingArguments(settings: SortingSettings, modules: readonly string[]) {
  const { ks_ver, ks_remDup, ks_saveRez, ks_copy_fproc, ks_templateRadius_um, ks_whiteningRadius_um, ks_minfr_goodchannels, ks_CAR, ks_nblocks, ks_doFilter, ks4_duplicate_spike_ms, ks4_min_template_size_um, c_Waves_snr_um } = settings;
  return {
    ks_ver, ks_remDup, ks_saveRez, ks_copy_fproc, ks_templateRadius_um, ks_whiteningRadius_um, ks_minfr_goodchannels, ks_CAR, ks_nblocks, ks_doFilter, ks4_duplicate_spike_ms, ks4_min_template_size_um, c_Waves_snr_um,
    ks_output_tag: outputTag(settings),
    // These change what the sorter wrote.
    ks_make_copy: modules.includes('kilosort_postprocessing') || modules.includes('noise_templates'),
    noise_template_use_rf: false,
  };
}

// `ephys_params`: what a binary file holds. createInputJson reads the values from the meta file.

import { decimal, file, flag, numbers, section, text, whole } from '../record/index.ts';

/** The reference sites of a 3A probe with 384 channels, the reference's default. */
const referenceSites3A = [36, 75, 112, 151, 188, 227, 264, 303, 340, 379];

export const ephysParams = section('The recording: files, rates, scale and channels.', {
  ap_band_file: file({ help: 'The AP binary to work on.' }).optional(),
  lfp_band_file: file({ help: 'The LF binary that belongs to it.' }).optional(),
  sample_rate: decimal({ help: 'Samples per second of the AP band.', unit: 'Hz', min: 0 }).default(30000),
  lfp_sample_rate: decimal({ help: 'Samples per second of the LF band.', unit: 'Hz', min: 0 }).default(2500),
  bit_volts: decimal({ help: 'Microvolts per count of the AP band.', unit: 'uV', min: 0 }).default(0.195),
  num_channels: whole({ help: 'Channels in the binary, the sync channel included.', min: 1 }).default(385),
  num_sync_channels: whole({ help: 'How many of them, at the end, are sync channels.', min: 0 }).default(1),
  reference_channels: numbers({ help: 'Channels that record no neurons: reference sites and those switched off.' }).default(referenceSites3A),
  template_zero_padding: whole({ help: 'Zeros before a template; read from the templates themselves, kept for compatibility.', min: 0 }).default(21),
  vertical_site_spacing: decimal({ help: 'Distance of neighbouring rows of sites; kept for compatibility.', unit: 'm', min: 0 }).default(20e-6),
  probe_type: text({ help: 'Type of probe: 3A, NP1, NP21, NP24 ...' }).default('NP1'),
  reorder_lfp_channels: flag({ help: 'Whether LF channels are out of order; kept for compatibility.' }).default(true),
  cluster_group_file_name: text({ help: 'Name of the file that holds the labels of units.' }).default('cluster_group.tsv'),
});

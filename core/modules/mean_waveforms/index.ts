// mean_waveforms: the mean waveforms of all units, measured from the filtered AP file by C_Waves, and metrics of their
// shape. Can be run again after curation: earlier versions of its files stay, numbered.
// In: a sorter's folder and the AP file with its meta; out, in that folder: clus_Table, mean_waveforms,
// median_peak_waveforms, cluster_snr (.npy) and waveform_metrics.csv.

import type { Module } from '../module.ts';
import { meanWaveformsSections } from './params.ts';
import { runMeanWaveforms } from './run.ts';

export const meanWaveforms: Module<typeof meanWaveformsSections> = {
  name: 'mean_waveforms',
  summary: 'mean waveforms, signal-to-noise and waveform metrics of all units (C_Waves)',
  sections: meanWaveformsSections,
  run: runMeanWaveforms,
};

export { tasks } from './tasks.ts';

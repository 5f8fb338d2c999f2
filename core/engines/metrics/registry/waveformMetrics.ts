// The metrics of waveform_metrics.csv, in the order of its columns. They are measured on mean waveforms of the filtered
// file (module mean_waveforms) and joined to metrics.csv.

import type { Metric } from './metric.ts';

const table = 'waveform_metrics';
const fork = 'ecephys_spike_sorting (SpikeGLX fork)';

export const waveformMetrics = [
  {
    key: 'peak_channel', title: 'Peak channel', unit: '', table, better: 'neither', log: false, version: 1, aliases: [],
    help: 'Column of the recording where the mean waveform has the largest range.',
    good: 'Any.', source: fork,
  },
  {
    key: 'snr', title: 'Signal-to-noise ratio', unit: '', table, better: 'higher', log: true, version: 1, aliases: [],
    help: 'Range of the mean waveform at its peak channel relative to the noise around it.',
    good: 'Above 5.', source: 'C_Waves',
  },
  {
    key: 'duration', title: 'Duration', unit: 'ms', table, better: 'neither', log: false, version: 2, aliases: ['peak_to_valley', 'peak_to_trough_duration'],
    help: 'From the trough to the peak after it (or from a leading peak to the trough).',
    good: '0.1 to 1; below 0.4 narrow-spiking.', source: 'Jia et al. 2019; version 1 (compat) stretches time by 0.5 %',
  },
  {
    key: 'halfwidth', title: 'Half-width', unit: 'ms', table, better: 'neither', log: false, version: 2, aliases: ['half_width'],
    help: 'Width of the main deflection at half its height.',
    good: '0.1 to 0.4.', source: 'Jia et al. 2019; version 1 (compat) stretches time by 0.5 %',
  },
  {
    key: 'PT_ratio', title: 'Peak-to-trough ratio', unit: '', table, better: 'neither', log: true, version: 1, aliases: ['peak_trough_ratio'],
    help: 'Height of the peak relative to the depth of the trough.',
    good: 'Below 0.8; larger in axons and noise.', source: 'Jia et al. 2019',
  },
  {
    key: 'repolarization_slope', title: 'Repolarisation slope', unit: 'V/s', table, better: 'neither', log: false, version: 2, aliases: [],
    help: 'Slope after the main deflection, back towards the baseline.',
    good: 'Any.', source: 'Jia et al. 2019; version 1 (compat) stretches time by 0.5 %',
  },
  {
    key: 'recovery_slope', title: 'Recovery slope', unit: 'V/s', table, better: 'neither', log: false, version: 2, aliases: [],
    help: 'Slope after the second deflection, back towards the baseline.',
    good: 'Any.', source: 'Jia et al. 2019; version 1 (compat) stretches time by 0.5 %',
  },
  {
    key: 'amplitude', title: 'Amplitude', unit: 'uV', table, better: 'higher', log: true, version: 1, aliases: [],
    help: 'Largest range, trough to peak, of the mean waveform around its peak channel.',
    good: 'Above 50 uV.', source: 'Jia et al. 2019',
  },
  {
    key: 'spread', title: 'Spread', unit: 'um', table, better: 'lower', log: false, version: 2, aliases: [],
    help: 'Range of depths over which the waveform exceeds a share of its amplitude.',
    good: 'Below 200 um.', source: 'Jia et al. 2019; version 1 (compat) filters outliers by list position',
  },
  {
    key: 'velocity_above', title: 'Velocity upwards', unit: 's/m', table, better: 'neither', log: false, version: 2, aliases: [],
    help: 'Change of the trough\'s time with distance above the soma, an inverse velocity.',
    good: 'Any; propagation along dendrites is slow, along axons fast.', source: 'Jia et al. 2019; version 1 (compat) is too small by a factor of about 2.4',
  },
  {
    key: 'velocity_below', title: 'Velocity downwards', unit: 's/m', table, better: 'neither', log: false, version: 2, aliases: [],
    help: 'Change of the trough\'s time with distance below the soma, an inverse velocity.',
    good: 'Any; propagation along dendrites is slow, along axons fast.', source: 'Jia et al. 2019; version 1 (compat) is too small by a factor of about 2.4',
  },
] as const satisfies readonly Metric[];

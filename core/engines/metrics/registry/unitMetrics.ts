// The metrics of metrics.csv, in the order of its columns.

import type { Metric } from './metric.ts';

const table = 'metrics';
const fork = 'ecephys_spike_sorting (SpikeGLX fork)';

export const unitMetrics = [
  {
    key: 'firing_rate', title: 'Firing rate', unit: 'Hz', table, better: 'neither', log: true, version: 1, aliases: [],
    help: 'Spikes per second between the first and the last spike of the whole recording.',
    good: 'Depends on the region; below 0.1 Hz the other metrics say little.', source: fork,
  },
  {
    key: 'presence_ratio', title: 'Presence ratio', unit: '', table, better: 'higher', log: false, version: 2, aliases: [],
    help: 'Share of a hundred equal stretches of the recording in which the unit fires.',
    good: 'Above 0.9; less when the unit drifts away or is active only in parts of the task.', source: `${fork}; version 1 (compat) has 99 stretches, so at most 0.99`,
  },
  {
    key: 'isi_viol', title: 'ISI violations', unit: '', table, better: 'lower', log: true, version: 1, aliases: ['isi_violations_ratio'],
    help: 'Share of spikes that come from other neurons, estimated from intervals shorter than the refractory period; 1 where they are too many for the estimate.',
    good: 'Below 0.1.', source: 'Hill, Mehta, Kleinfeld 2011, with the quadratic solved',
  },
  {
    key: 'num_viol', title: 'Violating intervals', unit: '', table, better: 'lower', log: true, version: 1, aliases: ['isi_violations_count'],
    help: 'Number of intervals shorter than the refractory period.',
    good: 'A few at most.', source: fork,
  },
  {
    key: 'amplitude_cutoff', title: 'Amplitude cutoff', unit: '', table, better: 'lower', log: false, version: 1, aliases: [],
    help: 'Estimated share of spikes too small to be detected, from the asymmetry of the amplitude histogram; 0.5 is the most it can tell. Drift raises it.',
    good: 'Below 0.1.', source: 'Hill, Mehta, Kleinfeld 2011; on the sorter\'s amplitudes',
  },
  {
    key: 'isolation_distance', title: 'Isolation distance', unit: '', table, better: 'higher', log: true, version: 2, aliases: [],
    help: 'Squared Mahalanobis distance within which there are as many spikes of neighbours as of the unit itself.',
    good: 'Above 20; compare only within one sorter, since it grows with the number of features.', source: 'Harris et al. 2001; version 1 (compat) only where neighbours share all channels',
  },
  {
    key: 'contam_rate', title: 'Contamination', unit: '', table, better: 'lower', log: true, version: 2, aliases: ['ContamPct'],
    help: 'Rate of spikes within the refractory period relative to the rate outside it, from the autocorrelogram.',
    good: 'Below 0.1 (Kilosort calls units below 0.2 good).', source: 'Kilosort 2; version 1 (compat) sums one bin too few on the right',
  },
  {
    key: 'l_ratio', title: 'L-ratio', unit: '', table, better: 'lower', log: true, version: 2, aliases: [],
    help: 'Mean probability that a neighbour\'s spike belongs to the unit\'s cluster; divided by the number of neighbours\' spikes, not of the unit\'s as in the paper.',
    good: 'Below 0.05.', source: `Schmitzer-Torbert et al. 2005, as in ${fork}; version 1 (compat) only where neighbours share all channels`,
  },
  {
    key: 'd_prime', title: 'd-prime', unit: '', table, better: 'higher', log: false, version: 2, aliases: [],
    help: 'Distance between the unit and its neighbours along the direction that separates them best, in standard deviations.',
    good: 'Above 5.', source: 'Fisher\'s linear discriminant; version 1 (compat) only where neighbours share all channels',
  },
  {
    key: 'nn_hit_rate', title: 'Neighbour hits', unit: '', table, better: 'higher', log: false, version: 2, aliases: [],
    help: 'Share of the nearest neighbours of the unit\'s spikes, in feature space, that belong to it too.',
    good: 'Above 0.9.', source: 'Chung et al. 2017; version 1 (compat) only where neighbours share all channels',
  },
  {
    key: 'nn_miss_rate', title: 'Neighbour misses', unit: '', table, better: 'lower', log: true, version: 2, aliases: [],
    help: 'Share of the nearest neighbours of other units\' spikes, in feature space, that belong to this unit.',
    good: 'Below 0.02.', source: 'Chung et al. 2017; version 1 (compat) only where neighbours share all channels',
  },
  {
    key: 'silhouette_score', title: 'Silhouette', unit: '', table, better: 'higher', log: false, version: 2, aliases: ['silhouette'],
    help: 'How much nearer the unit\'s spikes are to each other than to those of the most similar unit: 1 apart, 0 touching, negative mixed.',
    good: 'Above 0.3.', source: 'Rousseeuw 1987; version 1 (compat) mixes up the last channel of one component with the first of the next',
  },
  {
    key: 'max_drift', title: 'Drift range', unit: 'um', table, better: 'lower', log: false, version: 1, aliases: ['drift_ptp'],
    help: 'Farthest that the unit\'s depth, a median per interval, moves during the recording.',
    good: 'Below 30 um; grows with the length of the recording.', source: 'Siegle et al. 2021',
  },
  {
    key: 'cumulative_drift', title: 'Cumulative drift', unit: 'um', table, better: 'lower', log: false, version: 1, aliases: [],
    help: 'Sum of the movements of the unit\'s depth from interval to interval.',
    good: 'Close to the drift range; more means to and fro.', source: 'Siegle et al. 2021',
  },
  {
    key: 'slidingRP', title: 'Sliding refractory period', unit: '', table, better: 'higher', log: false, version: 2, aliases: ['slidingRP_viol'],
    help: '1 when, for some refractory period, contamination above 10 % can be excluded with 90 % confidence; 0 otherwise.',
    good: '1.', source: 'International Brain Laboratory 2022; version 1 (compat) has bins of whole samples',
  },
  {
    key: 'nongauss_noise_cutoff', title: 'Noise cutoff', unit: '', table, better: 'higher', log: false, version: 1, aliases: ['noise_cutoff'],
    help: '1 when the amplitude histogram tapers off towards small spikes; 0 when the detection threshold cuts it.',
    good: '1.', source: 'International Brain Laboratory 2022',
  },
] as const satisfies readonly Metric[];

export type UnitMetricKey = (typeof unitMetrics)[number]['key'];

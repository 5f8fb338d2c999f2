// Sorted folders: what is there, units with their metrics and labels, mean waveforms, trains. Read only; large files are
// read in worker threads.

import type { Task } from '../../common/index.ts';
import { unitTrain } from './train.ts';
import { unitTable } from './units.ts';
import { unitWaveform } from './waveform.ts';

export { describeSorted, findSorted, type SortedFolder } from './recognise.ts';
export { type TrainFacts, type TrainRequest } from './train.ts';
export { type UnitFacts } from './units.ts';
export { type WaveformFacts } from './waveform.ts';

/** What worker threads do for this. */
export const resultsTasks: Record<string, Task> = { 'results.units': unitTable, 'results.waveform': unitWaveform, 'results.train': unitTrain };

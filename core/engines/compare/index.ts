// Scores a sorting against known truth, the way SpikeInterface's ground-truth comparison does: spikes within 0.4 ms
// match, units are paired one to one by the best total agreement. Pure functions on spike times and unit ids; knows no
// files and no sorter.

export { compareSortings, sortingFrom } from './compareSortings.ts';
export type { Comparison, Sorting, UnitScore } from './compareSortings.ts';
export { countMatches } from './countMatches.ts';
export { assign } from './assign.ts';

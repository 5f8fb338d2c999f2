// Requests about sorted folders: known results, units with their metrics, waveforms.

export const resultRequests = {};

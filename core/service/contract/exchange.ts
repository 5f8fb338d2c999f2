// Requests that bring sessions in and out: notation, pasted scripts, presets, JSON folders.

export const exchangeRequests = {};

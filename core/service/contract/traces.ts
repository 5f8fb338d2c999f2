// Requests of the trace page: sources, windows of samples, marks.

export const traceRequests = {};

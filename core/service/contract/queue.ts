// Requests about work that runs or waits: jobs, steps, logs, reports.

export const queueRequests = {};

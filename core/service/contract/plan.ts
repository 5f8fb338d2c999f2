// Requests about a draft as it will be run: plan, preflight, destination, estimates.

export const planRequests = {};

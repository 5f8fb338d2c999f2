// Requests of the set-up steps: probe geometry, joins, regions, sorters, module parameters.

export const setupRequests = {};

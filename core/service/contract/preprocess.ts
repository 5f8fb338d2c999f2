// Requests of the preprocessing and sync steps: what filters, referencing and gfix do to a moment of a recording; sync edges.

export const preprocessRequests = {};

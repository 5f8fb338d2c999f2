// Requests about the lines of NI, OneBoxes and probes (analog words, digital bits) and the extractors set on them.

export const lineRequests = {};

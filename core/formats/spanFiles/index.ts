// The lists CatGT leaves beside a written stream for whoever looks at it later: rows that were edited or filled in (-edits),
// rails, errors and missed samples (-health). Reader and writer in one place; knows rows and seconds, not files of SpikeGLX.

export { type EditRow, editsPath, formatEdits, parseEdits } from './edits.ts';
export { formatHealth, healthPath, type HealthReport, healthSchema, type HealthSpan, parseHealth } from './health.ts';

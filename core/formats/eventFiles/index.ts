// The event files CatGT leaves (and TPrime aligns), found by the extractor that made them, and events.csv, from which phy
// takes the events of its PSTH view.
// Knows names and times of events; not runs, streams or clocks.

export { eventFileEndings } from './eventName.ts';
export { eventsCsv, type EventSources, findEventFile, writeEventsCsv } from './eventsCsv.ts';

// What CatGT writes besides samples and events: the output metas, the list of outputs (fyi), the list of offsets and the
// lines of its log. Pure functions from plain records to texts; no file is opened here.

export * from './outputMeta.ts';
export * from './fyi.ts';
export * from './offsets.ts';
export * from './logLines.ts';
export * from './edits.ts';

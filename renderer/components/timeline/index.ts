// The timeline of a run and its words.

export type { Cut } from './CutHandles.tsx';
export { fileFacts, fileLabel, lengthText, outcomeText } from './describe.ts';
export type { TimeView } from './scale.ts';
export { type FileKey, Timeline } from './Timeline.tsx';

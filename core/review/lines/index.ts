// The lines of NI, OneBoxes and probes: surveys, windows, pulses with their fate, by the engine that extracts.

import type { Task } from '../../common/index.ts';
import { condense } from './condensed.ts';
import { previewExtraction } from './preview.ts';
import { surveyWord } from './survey.ts';
import { readWindow } from './window.ts';

export { condenseSource } from './condensed.ts';
export { extractionIn, parseExtractor } from './extractor.ts';
export { fates, type PreviewResult, type PreviewTask } from './preview.ts';
export { type LineInput, type LineSource, metaOf, type OpenedLines, openLines } from './source.ts';
export type { SurveyedWord, SurveyTask, SyncLine } from './survey.ts';
export type { BitFacts, Train } from './trains.ts';
export { isRawWindow, type WindowResult, type WindowTask } from './window.ts';

/** What worker threads do for this. */
export const linesTasks: Record<string, Task> = {
  'lines.condense': condense,
  'lines.window': readWindow,
  'lines.survey': surveyWord,
  'lines.preview': previewExtraction,
};

// What CatGT's chain does to a moment of a recording, and the sync edges of its streams.

import type { Task } from '../../common/index.ts';
import { scanBlock, scanPlan } from './gfixScan.ts';
import { preview } from './preview.ts';
import { spectrum } from './spectrum.ts';
import { surfacePiece } from './surface.ts';
import { syncChunk } from './syncSurvey.ts';

export { lookForBadChannels } from './badChannels.ts';
export { type BlockScan, type ScanPlan, type ScanRequest } from './gfixScan.ts';
export { scanSummary, type ScanSummary } from './scanSummary.ts';
export type { GfixEvent, Plane, PlaneName, Preview, PreviewRequest } from './preview.ts';
export type { Figures } from './figures.ts';
export { describeSource, type SourceFacts } from './sourceFacts.ts';
export type { SourceRequest } from './source.ts';
export type { Spectrum, SpectrumRequest } from './spectrum.ts';
export { lookForSurface, SURFACE_BAND_HZ, type SurfaceLook } from './surface.ts';
export { judgeSync, type SurveyContext, surveyEdges, type SyncEdges, type SyncStream, type SyncVerdict } from './syncSurvey.ts';

/** What worker threads do for this. */
export const preprocessTasks: Record<string, Task> = {
  'preprocess.preview': preview,
  'preprocess.scanPlan': scanPlan,
  'preprocess.scanBlock': scanBlock,
  'preprocess.spectrum': spectrum,
  'preprocess.surfacePiece': surfacePiece,
  'preprocess.syncChunk': syncChunk,
};

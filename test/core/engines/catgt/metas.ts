// Small metas for tests of the extractors and texts.

import { parseMeta, type Meta } from '../../../../core/spikeglx/index.ts';

export function meta(values: Record<string, string | number>, path = 'test.meta'): Meta {
  return parseMeta(Buffer.from(Object.entries(values).map(([key, value]) => `${key}=${value}\n`).join('')), path);
}

/** Two analog channels and one digital word, of which all are saved. */
export const niMeta = (more: Record<string, string | number> = {}) =>
  meta({ acqMnMaXaDw: '0,0,2,1', nSavedChans: 3, snsSaveChanSubset: '0:2', niSampRate: 25000.127, niAiRangeMax: 5, syncNiChan: 0, syncNiChanType: 0, syncNiThresh: 1.1, syncSourcePeriod: 1, ...more });

/** 16 AP channels and SY of a 384-channel probe. */
export const apMeta = (more: Record<string, string | number> = {}) =>
  meta({ acqApLfSy: '384,0,1', snsApLfSy: '16,0,1', nSavedChans: 17, snsSaveChanSubset: '0:15,384', imSampRate: 29999.9416, firstSample: 360000, fileCreateTime: '2024-07-01T12:00:00', fileName: 'D:/a.bin', ...more });

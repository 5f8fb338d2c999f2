// What a report tells of a probe's recording: from CatGT's record to the sentence.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { JobStep } from '../../../../core/service/queue/job.ts';
import { figureSentence } from '../../../../core/service/queue/report/collect.ts';
import { probeFigures } from '../../../../core/service/queue/report/figures.ts';
import { temporaryFolder } from '../../../support/folders.ts';

/** A step of CatGT that has told this of imec1's AP. */
function catgtStep(stream: Record<string, unknown>): JobStep {
  const outputJson = path.join(temporaryFolder(), 'catgt-output.json');
  writeFileSync(outputJson, JSON.stringify({ aftergate: { figures: { streams: [{ stream: 'imec1.lf', saturated_seconds: 9 }, { stream: 'imec1.ap', gfix_edits: 3, ...stream }] } } }));
  return { module: 'catGT_helper', outputJson } as JobStep;
}

const sentence = async (stream: Record<string, unknown>) => figureSentence('m41 imec1', await probeFigures(1, [], [catgtStep(stream)]), false, new Map());

it('says what was wrong with the recording', async () => {
  const health = { recorded_seconds: 200, saturated_seconds: 0.62, missed_samples: 12, sy_errors: 1 };
  expect(await probeFigures(1, [], [catgtStep(health)])).toMatchObject({ gfixEdits: 3, saturated_percent: 0.31, missedSamples: 12, syErrors: 1 });
  expect(await sentence(health)).toBe('m41 imec1: done; 3 gfix edits; 0.31 % saturated; 12 missed samples; 1 sample with SY errors.');
});

it('says nothing when nothing was wrong, or nobody looked', async () => {
  expect(await sentence({ recorded_seconds: 200, saturated_seconds: 0, missed_samples: 0, sy_errors: 0 })).toBe('m41 imec1: done; 3 gfix edits.');
  expect(await sentence({})).toBe('m41 imec1: done; 3 gfix edits.');
  expect(await probeFigures(1, [], [catgtStep({})])).toMatchObject({ saturated_percent: null, missedSamples: null, syErrors: null });
});

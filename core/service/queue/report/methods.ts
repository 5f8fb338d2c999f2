// The paragraph for a paper about a job: of what was done, from what the modules say they ran with.

import { methodsText } from '../../../pipelines/index.ts';
import { readInputJson } from '../../../modules/index.ts';
import { isObject } from '../../../modules/record/index.ts';
import type { JobStep, StoredJob } from '../job.ts';

export async function methodsOfJob({ steps }: Pick<StoredJob, 'steps'>): Promise<string> {
  const done = steps.filter(({ state }) => state === 'done' || state === 'skipped');
  return methodsText(await Promise.all(done.map(async (step) => ({ ...step, parameters: await parametersOf(step) }))));
}

async function parametersOf({ outputJson }: JobStep): Promise<Readonly<Record<string, unknown>>> {
  const { input_parameters: parameters } = await readInputJson(outputJson).catch(() => ({ input_parameters: undefined }));
  return isObject(parameters) ? parameters : {};
}

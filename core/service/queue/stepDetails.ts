// What the panel of one step shows: the JSON it ran on, the command line of the native tool, what it wrote.

import path from 'node:path';
import { readInputJson, type RunRecord } from '../../modules/index.ts';
import { isObject } from '../../modules/record/index.ts';
import type { StepDetails } from '../contract/index.ts';
import type { JobStep, StoredJob } from './job.ts';
import type { StepLogs } from './logs.ts';

export async function stepDetails({ steps }: StoredJob, stepId: string, logs: StepLogs, folder: string): Promise<StepDetails | undefined> {
  const found = steps.find((step) => step.stepId === stepId);
  if (!found) return undefined;
  const { inputJson, outputJson, ...step } = found;
  const [input, record, log] = await Promise.all([readInputJson(inputJson).catch(() => null), recordOf(found), logs.read(folder, stepId, undefined)]);
  const outputs = record?.outputs ?? [];
  return {
    step, inputJson, outputJson, input,
    command: commandOf(log.lines),
    outputs: outputs.map((file) => ({ path: file.path, bytes_B: file.size })),
    warnings: record?.warnings ?? [],
    folder: outputs.length > 0 ? path.dirname(outputs[0].path) : null,
  };
}

/** Our record of the run in a step's output JSON; undefined while there is none. */
export async function recordOf({ outputJson }: Pick<JobStep, 'outputJson'>): Promise<RunRecord | undefined> {
  const output = await readInputJson(outputJson).catch(() => undefined);
  return isObject(output?.aftergate) && Array.isArray(output.aftergate.outputs) ? (output.aftergate as unknown as RunRecord) : undefined;
}

/** The modules say the command line of their tool in the log: "CatGT command line: CatGT -dir=...". */
function commandOf(lines: readonly string[]): string | null {
  for (const line of [...lines].reverse()) {
    const text = line.replace(/^\[[^\]]*\] /, '').replace(/^[\w ]*command line: /i, '');
    if (/^"?\S*(CatGT|TPrime|C_Waves|matlab|python)\S* +-\S/i.test(text)) return text;
  }
  return null;
}

// The plan of a session and the files it will leave, as the screens show them.

import { printableCommand } from '../../tools/index.ts';
import type { Preflight, Speeds } from '../../pipelines/index.ts';
import type { DestinationPlan, SessionPlan } from '../contract/index.ts';

/** Of the whole run, and quick: their times need no history. */
const quick = ['tPrime_helper', 'aux_timepoints', 'remove_ap'];

/** @param speeds what this machine has done before */
export function toPlan({ steps, disk }: Preflight, speeds: Speeds): SessionPlan {
  const todo = steps.filter(({ state }) => state !== 'valid');
  return {
    steps: steps.map(({ step, state, seconds, bytes, command }) => ({
      id: step.id, run: step.run, gate: step.gate, probe: step.probe ?? null, module: step.module,
      needs: [...step.dependsOn.map((dependency) => dependency.step), ...step.after],
      state, est_s: seconds, est_B: bytes,
      command: printableCommand('aftergate', ['module', step.module, '--input_json', step.inputJson, '--output_json', step.outputJson]),
      engineCommand: command ?? null,
      inputJson: step.inputJson,
    })),
    total: {
      steps: todo.length,
      valid: steps.length - todo.length,
      est_s: todo.reduce((sum, { seconds }) => sum + seconds, 0),
      est_B: todo.reduce((sum, { bytes }) => sum + bytes, 0) - (disk?.removed ?? 0),
    },
    measured: steps.every(({ step }) => quick.includes(step.module) || speeds[step.module] !== undefined),
  };
}

export function toDestination({ outputs, disk, session }: Preflight): DestinationPlan {
  return {
    folder: disk?.folder ?? null,
    jsonFolder: disk && session ? session.json_directory : null,
    tree: outputs.map(({ path, kind, bytes, state, run, probe }) => ({ path, kind, bytes_B: bytes, state, run, probe: probe ?? null })),
    need_B: { catgt: disk?.catgt ?? 0, results: disk?.results ?? 0, work: disk?.work ?? 0, removed: disk?.removed ?? 0, total: disk?.needed ?? 0 },
    withoutAp_B: disk?.withoutAp ? { saved: disk.withoutAp.saved, total: disk.withoutAp.needed } : null,
    free_B: disk?.free ?? null,
  };
}

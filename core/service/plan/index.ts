// Answers the requests about a draft as it will be run: plan, preflight, destination, estimates.

import { outputFileError, UsageError } from '../../common/index.ts';
import { methodsText } from '../../pipelines/index.ts';
import { formatInputJson } from '../../modules/createInputJson/index.ts';
import type { Handlers, planRequests } from '../contract/index.ts';
import { type AreaContext, writeSpeed } from '../house/index.ts';
import { destinations } from './destinations.ts';
import { toFinding } from './findings.ts';
import { toDestination, toPlan } from './plans.ts';
import { preflights } from './preflights.ts';

export interface PlanArea {
  readonly handlers: Handlers<typeof planRequests>;
}

export async function planArea(context: AreaContext): Promise<PlanArea> {
  const chosen = await destinations(context);
  const looks = preflights(context);
  return {
    handlers: {
      async 'session.check'({ draftId }) {
        return (await looks.of(draftId)).findings.map((finding) => toFinding(finding, draftId, context));
      },
      async 'session.plan'({ draftId }) {
        return toPlan(await looks.of(draftId), looks.speeds());
      },
      async 'session.json'({ draftId, stepId }) {
        const draft = context.drafts.get(draftId);
        if (stepId === undefined) return { name: `${draft.name}.json`, text: `${JSON.stringify(draft.session, null, 2)}\n` };
        const planned = (await looks.of(draftId)).steps.find(({ step }) => step.id === stepId);
        if (!planned) throw new UsageError(`the session has no step '${stepId}' (any more)`);
        return { name: planned.step.inputJson, text: formatInputJson(planned.step.input) };
      },
      async 'session.methods'({ draftId }) {
        const { steps } = await looks.of(draftId);
        return { text: methodsText(steps.map(({ step }) => ({ run: step.run, gate: step.gate, probe: step.probe ?? null, module: step.module, parameters: step.input }))) };
      },
      async 'preflight.run'({ draftId, depth }, { signal }) {
        const began = performance.now();
        const { findings } = await looks.anew(draftId, depth, signal);
        return { findings: findings.map((finding) => toFinding(finding, draftId, context)), checkedAt: new Date(context.now()).toISOString(), took_s: (performance.now() - began) / 1000 };
      },
      async 'dest.plan'({ draftId }) {
        return toDestination(await looks.of(draftId));
      },
      async 'dest.probe'({ path }) {
        const folder = await context.access.check(path);
        return { write_MBps: await writeSpeed(folder).catch((error: unknown) => { throw outputFileError(folder, error); }) };
      },
      async 'dest.choose'({ path }) {
        return { path: await chosen.choose(path) };
      },
    },
  };
}

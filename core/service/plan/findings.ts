// What preflight found, as the screens show it: steps of the wizard become routes of the draft, runs get their ids.

import type { PreflightFinding } from '../../pipelines/index.ts';
import type { Finding } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export function toFinding({ id, severity, text, where, next, advice }: PreflightFinding, draftId: string, { drafts }: AreaContext): Finding {
  const runId = drafts.get(draftId).runs.find(({ name }) => name === where.run)?.runId;
  return {
    id, severity,
    text: advice === undefined ? text : `${text} ${advice}`,
    where: { ...where, runId },
    next: next.map(({ label, step, patch }) => ({ label, ...(step === undefined ? {} : { route: `/session/${draftId}/${step}` }), ...(patch === undefined ? {} : { patch }) })),
  };
}

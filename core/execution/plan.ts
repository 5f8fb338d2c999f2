// What is to be done, as data: a directed graph of module runs. core/pipelines makes plans, this folder carries them out.

export interface Plan {
  /** Where the journal, the lock and the log lie; made when missing. */
  readonly folder: string;
  /** Every step after those it depends on. */
  readonly steps: readonly Step[];
}

export interface Step {
  /** Unique in the folder, also among the plans of other sessions: `<run>_g0_imec1-quality_metrics`. */
  readonly id: string;
  readonly module: string;
  readonly run: string;
  readonly gate: number;
  readonly probe?: number;
  /** The sections the module reads (and others). */
  readonly input: Readonly<Record<string, unknown>>;
  readonly inputJson: string;
  /** Where a copy of the input JSON is left, beside the data. */
  readonly inputCopy?: string;
  readonly outputJson: string;
  readonly dependsOn: readonly Dependency[];
  /** Steps that must have ended, well or not. */
  readonly after: readonly string[];
  /** Files that are read and that no step after this one's dependencies changes; when one is another, the step is done again. */
  readonly inputs: readonly string[];
  /** Length of the recording, s. */
  readonly seconds: number;
  /** The labels the module reports progress of, and their shares of its work; one without a share counts as 1. */
  readonly parts?: Readonly<Record<string, number>>;
  /** What the user should be told when it begins. */
  readonly notes: readonly string[];
}

export interface Dependency {
  readonly step: string;
  /** It is enough that that step, though failed, has made these files new: CatGT finishes one stream when another fails. */
  readonly leaving?: readonly string[];
}

/** Files that steps read: of what an earlier run wrote, these must be there. */
export function neededFiles(steps: readonly Step[]): Set<string> {
  return new Set(steps.flatMap((step) => [...step.inputs, ...step.dependsOn.flatMap(({ leaving = [] }) => leaving)]));
}

/** Throws Error for a plan that no order can satisfy: a mistake of the program that made it. */
export function checkPlan({ steps }: Plan): void {
  const seen = new Set<string>();
  for (const step of steps) {
    if (seen.has(step.id)) throw new Error(`the plan has two steps '${step.id}'`);
    for (const earlier of [...step.dependsOn.map((dependency) => dependency.step), ...step.after]) {
      if (!seen.has(earlier)) throw new Error(`the step '${step.id}' depends on '${earlier}', which does not come before it`);
    }
    seen.add(step.id);
  }
}

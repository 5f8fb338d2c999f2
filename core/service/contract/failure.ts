// What goes wrong and what was noticed, in the form the screens show it.

/** An error as it crosses the carrier. Aborting is not a failure. */
export interface Failure {
  /** `usage`, `input-file`, `output-file`, `parameter`, `job`, `stale`, `not-allowed`, `unknown-request`, `bug`. */
  readonly tag: string;
  /** The sentence a person reads: names the file or parameter. */
  readonly text: string;
  /** What to do about it. */
  readonly next?: string;
  /** For a bug report: stack, cause. */
  readonly details?: string;
}

/** Thrown by the client for a failed request. */
export class RequestError extends Error {
  readonly tag: string;
  readonly next?: string;
  readonly details?: string;

  constructor(readonly failure: Failure) {
    super(failure.text);
    this.name = 'RequestError';
    this.tag = failure.tag;
    this.next = failure.next;
    this.details = failure.details;
  }
}

export type Severity = 'stop' | 'warn' | 'note' | 'ok';

export interface FindingAction {
  /** What the button says. */
  readonly label: string;
  /** A hash route to go to ... */
  readonly route?: string;
  /** ... or keys of the session to set (null removes a key), as in `session.patch`. */
  readonly patch?: Readonly<Record<string, unknown>>;
}

/** Something noticed about a session, a run or a result. Its sentence says what it is, what it means, what to do. */
export interface Finding {
  /** Stable name, such as `gap-filled`: help and tests use it. */
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
  readonly where: { readonly runId?: string; readonly run?: string; readonly gate?: number; readonly trigger?: number; readonly stream?: string; readonly probe?: number; readonly line?: string; readonly step?: WizardStep };
  readonly next: readonly FindingAction[];
}

export const wizardSteps = ['runs', 'gates', 'probes', 'extract', 'preprocess', 'sort', 'modules', 'sync', 'dest', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

const order: readonly Severity[] = ['stop', 'warn', 'note', 'ok'];

/** Worst first; within a severity in the order they came. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

// What preflight says: a stable name, how bad it is, one sentence, where it is, and the ways out of it.

import { ParameterError } from '../../common/index.ts';

/** Where in the setting up of a session something is decided. */
export type SetupStep = 'runs' | 'gates' | 'probes' | 'extract' | 'preprocess' | 'sort' | 'modules' | 'sync' | 'dest' | 'review';

export interface WayOut {
  /** What a button says: "Use 2 s". */
  readonly label: string;
  /** Go and change it there ... */
  readonly step?: SetupStep;
  /** ... or set these keys of the session; null removes one. */
  readonly patch?: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly run?: string;
  readonly gate?: number;
  readonly trigger?: number;
  /** `imec0.ap`, `nidq`. */
  readonly stream?: string;
  readonly probe?: number;
  /** An extractor: `-xa=0,0,2,3,4.5,25`. */
  readonly line?: string;
  readonly step: SetupStep;
}

export interface PreflightFinding {
  readonly id: string;
  /** stop: something that is asked for cannot be done. */
  readonly severity: 'stop' | 'warn' | 'note';
  readonly text: string;
  readonly where: Place;
  readonly next: readonly WayOut[];
  /** What to do, a sentence, where no button does it. */
  readonly advice?: string;
}

type Extra = Partial<Pick<PreflightFinding, 'next' | 'advice'>>;

const finding = (severity: PreflightFinding['severity']) => (id: string, text: string, where: Place, { next = [], advice }: Extra = {}): PreflightFinding =>
  ({ id, severity, text, where, next, ...(advice === undefined ? {} : { advice }) });

export const stop = finding('stop');
export const warn = finding('warn');
export const note = finding('note');

/** The same sentence is said once: of the gates of a run, and of all runs where it is about lines and clocks. */
export function withoutRepeats(findings: readonly PreflightFinding[]): PreflightFinding[] {
  const groups = new Map<string, PreflightFinding[]>();
  for (const finding of findings) {
    const { id, text, where } = finding;
    const isGeneral = where.step === 'extract' || where.step === 'sync';
    const key = JSON.stringify([id, text, where.probe, isGeneral ? '' : where.run]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((same) => {
    const runs = new Set(same.map(({ where }) => where.run)).size;
    const [first] = same;
    if (runs === 1) return first;
    return { ...first, text: `${first.text} This holds for ${runs} runs.`, where: { ...first.where, run: undefined, gate: undefined } };
  });
}

/** The lines of a ParameterError: "did you mean" belongs to what stands before it. Throws everything else on. */
export function linesOf(error: unknown): { readonly lines: readonly string[]; readonly next?: string } {
  if (!(error instanceof ParameterError)) throw error;
  return { lines: error.message.split(/; (?!did you mean)/), next: error.next };
}

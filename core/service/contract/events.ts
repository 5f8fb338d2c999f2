// What the service pushes, and which queries each event makes out of date: the client keeps its cache right by this table
// alone. Every event carries a sequence number; a gap in them means that everything must be asked again.

export interface Events {
  readonly 'runs.changed': Record<string, never>;
  readonly 'session.changed': { readonly draftId: string; readonly rev: number };
  readonly 'profile.changed': { readonly name: string };
  /** Of one request: the answer is not there yet. */
  readonly 'progress': { readonly requestId: string; readonly done: number; readonly total: number; readonly noun: string };
  /** Something the user should know that belongs to no request; `native` asks the shell for a notification. */
  readonly 'app.notice': { readonly text: string; readonly severity: 'note' | 'warn' | 'stop' | 'ok'; readonly native?: boolean };
  /** A job of the queue began, ended or moved. */
  readonly 'queue.changed': { readonly jobId: string };
  /** Steps went on; at most four times a second. */
  readonly 'queue.progress': { readonly jobId: string };
  /** Regions, presets, tools or settings changed. */
  readonly 'settings.changed': Record<string, never>;
  /** A results folder was opened, or its files or labels changed. */
  readonly 'results.changed': { readonly resultId?: string };
}

export type EventName = keyof Events;

export type ServiceEvent = { readonly [Name in EventName]: { readonly seq: number; readonly name: Name; readonly data: Events[Name] } }[EventName];

/** Queries (names, or beginnings of names that end with a dot) that an event makes out of date. */
export const outdates: { readonly [Name in EventName]: readonly string[] } = {
  'runs.changed': ['runs.', 'run.', 'roots.', 'rig.', 'queue.state'],
  'session.changed': ['session.', 'plan.', 'preflight.', 'dest.'],
  'profile.changed': ['profile.', 'rig.'],
  'progress': [],
  'app.notice': [],
  'queue.changed': ['queue.', 'report.', 'results.', 'session.plan', 'session.check', 'preflight.', 'dest.'],
  'queue.progress': ['queue.'],
  'settings.changed': ['regions.', 'presets.', 'tools.', 'settings.', 'sorters.', 'rig.'],
  'results.changed': ['results.', 'labels.'],
};

// What every area of the service is handed.

import type { WorkerPool } from '../../execution/index.ts';
import type { EventName, Events } from '../contract/index.ts';
import type { RunLibrary } from '../runs/index.ts';
import type { DraftStore } from '../session/index.ts';
import type { Access } from './access.ts';
import type { LimitStore } from './limits.ts';
import type { Profile } from './profile.ts';

/** What only the shell around the service can do; in a browser none of it. */
export interface Shell {
  readonly carrier: 'desktop' | 'browser';
  readonly pickFolder?: (title: string, start: string | undefined) => Promise<string | null>;
  readonly reveal?: (file: string) => Promise<void>;
  readonly notify?: (title: string, text: string) => void;
  /** Told whenever work begins or ends, so that the computer can be kept awake. */
  readonly keepAwake?: (working: boolean) => void;
}

export interface ServiceContext {
  readonly profile: Profile;
  readonly access: Access;
  readonly shell: Shell;
  readonly limits: LimitStore;
  /** Free bytes of the drive of a folder; null for drives that do not tell. */
  readonly freeBytes: (folder: string) => Promise<number | null>;
  /** The threads of the queue, started when first needed. */
  readonly pool: () => WorkerPool;
  /** Two threads that only answer screens, so that a night's sorting keeps nobody waiting for a picture. */
  readonly screenPool: () => WorkerPool;
  readonly emit: <Name extends EventName>(name: Name, data: Events[Name]) => void;
  /** ms since 1970. */
  readonly now: () => number;
}

/** What areas above runs and drafts are handed. */
export interface AreaContext extends ServiceContext {
  readonly runs: RunLibrary;
  readonly drafts: DraftStore;
}

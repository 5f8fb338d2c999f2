// Requests about the program itself, the profile and folders to choose from.

import { z } from 'zod';
import { command, query } from './define.ts';

export interface AppInfo {
  readonly version: string;
  readonly carrier: 'desktop' | 'browser';
  /** `win32`, `linux`, `darwin`. */
  readonly platform: string;
  readonly workers: number;
  /** The shell can show the system's folder dialog, show a folder in the file manager, notify. */
  readonly canPickFolder: boolean;
  readonly canReveal: boolean;
  readonly canNotify: boolean;
  readonly profileFolder: string;
}

export interface FolderListing {
  readonly path: string;
  /** null at the top: a drive, or a folder the service was told to stay in. */
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** .bin and .json files, for lists of files and imports. */
  readonly files: readonly { readonly name: string; readonly path: string; readonly bytes: number }[];
  readonly free_B: number | null;
  readonly writable: boolean;
}

export const appRequests = {
  'app.info': query<AppInfo>()(z.strictObject({})),
  /** Whatever screens keep: view state, sizes, last choices, settings. One JSON value per name. */
  'profile.get': query<{ readonly values: Readonly<Record<string, unknown>> }>()(z.strictObject({})),
  'profile.set': command<{ readonly saved: true }>()(z.strictObject({ name: z.string().min(1).max(200), value: z.unknown() })),
  'help.pages': query<readonly { readonly page: string; readonly title: string }[]>()(z.strictObject({})),
  'help.page': query<{ readonly page: string; readonly title: string; readonly markdown: string }>()(z.strictObject({ page: z.string().regex(/^[a-z-]+$/) })),
  /** Without a path: the places to start from. */
  'folders.browse': query<FolderListing>()(z.strictObject({ path: z.string().optional() })),
  /** Makes a folder inside one that may be written to. */
  'folders.make': command<{ readonly path: string }>()(z.strictObject({ parent: z.string(), name: z.string().min(1) })),
  /** Shows a file or folder in the system's file manager (desktop only). */
  'folders.reveal': command<{ readonly shown: boolean }>()(z.strictObject({ path: z.string() })),
  /** The system's folder dialog (desktop only); null when it was closed. */
  'folders.pick': command<{ readonly path: string | null }>()(z.strictObject({ title: z.string(), start: z.string().optional() })),
};

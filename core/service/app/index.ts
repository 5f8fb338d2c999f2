// The program itself: version and abilities, the profile's values, folders to choose from.

import { aftergateVersion } from '../../modules/index.ts';
import type { appRequests, Handlers } from '../contract/index.ts';
import type { ServiceContext } from '../house/index.ts';
import { browse, makeFolderIn } from './folders.ts';
import { helpPage, helpPages } from './help.ts';

export function appArea(context: ServiceContext, threads: () => number): { readonly handlers: Handlers<typeof appRequests> } {
  const { profile, access, shell, emit } = context;
  return {
    handlers: {
      'app.info': () => ({
        version: aftergateVersion,
        carrier: shell.carrier,
        platform: process.platform,
        workers: threads(),
        canPickFolder: shell.pickFolder !== undefined,
        canReveal: shell.reveal !== undefined,
        canNotify: shell.notify !== undefined,
        profileFolder: profile.folder,
      }),
      'profile.get': () => ({ values: profile.values() }),
      async 'profile.set'({ name, value }) {
        await profile.set(name, value ?? undefined);
        emit('profile.changed', { name });
        return { saved: true };
      },
      'help.pages': () => helpPages(),
      'help.page': ({ page }) => helpPage(page),
      'folders.browse': ({ path }) => browse(access, path),
      async 'folders.make'({ parent, name }) {
        return { path: await makeFolderIn(access, parent, name) };
      },
      async 'folders.reveal'({ path }) {
        const real = await access.check(path);
        await shell.reveal?.(real);
        return { shown: shell.reveal !== undefined };
      },
      async 'folders.pick'({ title, start }) {
        return { path: (await shell.pickFolder?.(title, start)) ?? null };
      },
    },
  };
}

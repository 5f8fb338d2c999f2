// Answers the requests of the settings: programs and sorters, the region table, what is kept where.

import type { Handlers, settingRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { clearCache, keptFolders } from './data.ts';
import { rememberTools } from './looked.ts';
import { regionTable, setRegions } from './regions.ts';
import { sorterChoices } from './sorters.ts';
import { openTools } from './tools.ts';

export { toolsFound } from './looked.ts';
export { labRegionKeys } from './regions.ts';

export interface SettingsArea {
  readonly handlers: Handlers<typeof settingRequests>;
}

export function settingsArea({ profile, access, runs, emit }: AreaContext): SettingsArea {
  const tools = openTools(profile);
  return {
    handlers: {
      async 'tools.list'() {
        const found = await tools.list();
        if (await rememberTools(profile, found)) emit('profile.changed', { name: 'tools' });
        return found;
      },
      async 'tools.detect'() {
        const found = await tools.detect();
        await rememberTools(profile, found);
        emit('settings.changed', {});
        return found;
      },
      async 'tools.set'({ tool, path }) {
        const found = await tools.set(tool, path === null ? null : await access.checkPlace(path));
        emit('settings.changed', {});
        return found;
      },
      'sorters.list': async () => sorterChoices(await tools.list()),
      'regions.get': () => regionTable(profile),
      async 'regions.set'({ rows }) {
        const table = await setRegions(profile, rows);
        emit('settings.changed', {});
        return table;
      },
      'settings.data': async () => ({ folders: await keptFolders(profile), limits: access.places, roots: runs.roots().map((root) => root.path) }),
      async 'settings.clearCache'() {
        const freed_B = await clearCache(profile);
        emit('settings.changed', {});
        return { freed_B };
      },
    },
  };
}

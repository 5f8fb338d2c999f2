// The folders for results that the user chose: remembered, so that drafts made yesterday may still write there.

import { makeFolder } from '../../common/index.ts';
import { type ServiceContext, isTexts } from '../house/index.ts';

export interface Destinations {
  /** Throws NotAllowedError outside the places the service may use. */
  choose(path: string): Promise<string>;
}

/** Folders that are remembered. */
const most = 50;

export async function destinations({ profile, access }: ServiceContext): Promise<Destinations> {
  for (const folder of profile.get('destinations', isTexts) ?? []) await access.choose(folder).catch(() => undefined); // its drive may be away
  return {
    async choose(path) {
      await access.checkPlace(path);
      await makeFolder(path);
      const real = await access.choose(path);
      const before = (profile.get('destinations', isTexts) ?? []).filter((folder) => folder !== real);
      await profile.set('destinations', [real, ...before].slice(0, most));
      return real;
    },
  };
}

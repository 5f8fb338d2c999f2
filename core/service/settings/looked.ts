// What the last look for programs found, kept so that it can be told without asking them again.

import type { Tool } from '../contract/index.ts';
import { isTexts, type Profile } from '../house/index.ts';

const name = 'tools.found';

/** Names of those that were found; undefined: nobody has looked yet. */
export function toolsFound(profile: Profile): readonly string[] | undefined {
  return profile.get(name, isTexts);
}

/** True when it is news. */
export async function rememberTools(profile: Profile, tools: readonly Tool[]): Promise<boolean> {
  const found = tools.filter(({ tool, state }) => tool !== 'scratch' && state !== 'missing').map((tool) => tool.name);
  if (toolsFound(profile)?.join() === found.join()) return false;
  await profile.set(name, found);
  return true;
}

// The profile: values survive a restart, a broken file is set aside and nothing stops.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProfile } from '../../../../core/service/house/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

describe('the profile', () => {
  test('values survive a restart', async () => {
    const folder = path.join(await temporaryFolder(), 'profile');
    const profile = await openProfile(folder);
    void profile.set('a', 'one');
    void profile.set('b', 'two');
    await profile.set('a', undefined);
    const again = await openProfile(folder);
    expect(again.values()).toEqual({ b: 'two' });
    expect(again.get('b', isText)).toBe('two');
    expect(again.get('b', (value): value is number => typeof value === 'number')).toBeUndefined();
  });

  test('a broken profile.json is set aside', async () => {
    const folder = await temporaryFolder();
    await fs.writeFile(path.join(folder, 'profile.json'), '{"a": ');
    const profile = await openProfile(folder);
    expect(profile.values()).toEqual({});
    expect(await fs.readFile(path.join(folder, 'profile.json.broken'), 'utf8')).toBe('{"a": ');
  });
});

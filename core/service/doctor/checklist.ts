// What is worth doing once on a rig, told from what is kept of earlier looks: folders added, programs looked for, a preset of
// the lab, the self-check. Nothing is measured here.

import fs from 'node:fs/promises';
import { z } from 'zod';
import type { DoctorRow, RigItem } from '../contract/index.ts';
import type { AreaContext, Profile } from '../house/index.ts';
import { toolsFound } from '../settings/index.ts';

/** Its name in the profile. */
export const lastCheck = 'doctor.last';

const checked = z.object({ at: z.string(), passed: z.number(), remarks: z.array(z.string()), hasStop: z.boolean() });
type Checked = z.output<typeof checked>;

/** What is kept of a self-check. */
export function rememberedCheck(rows: readonly DoctorRow[], at: Date): Checked {
  const remarks = rows.filter(({ verdict }) => verdict !== 'ok');
  return { at: at.toISOString(), passed: rows.length - remarks.length, remarks: remarks.map(({ name, value }) => `${name}: ${value}`), hasStop: remarks.some(({ verdict }) => verdict === 'stop') };
}

export async function rigChecklist({ profile, runs }: Pick<AreaContext, 'profile' | 'runs'>): Promise<RigItem[]> {
  const roots = runs.roots();
  const presets = (await fs.readdir(await profile.room('presets'))).filter((name) => name.endsWith('.json')).length;
  return [
    {
      id: 'folder', name: 'Folder added', done: roots.length > 0, verdict: 'ok', next: { label: 'Runs', route: '/runs' },
      text: roots.length === 0 ? 'the drive or folder SpikeGLX writes to' : `${counted(roots.length, 'folder')}, ${counted(runs.list().length, 'run')}`,
    },
    toolsItem(profile),
    {
      id: 'preset', name: 'Lab preset', done: presets > 0, verdict: 'ok', next: { label: 'Sessions', route: '/session' },
      text: presets === 0 ? 'the settings of a session, saved under Presets' : counted(presets, 'preset'),
    },
    checkItem(profile),
  ];
}

function toolsItem(profile: Profile): RigItem {
  const found = toolsFound(profile);
  const text = found === undefined ? 'optional: Kilosort and MATLAB, if you use them' : found.length === 0 ? 'none found; the embedded ones are used' : `${found.join(', ')} found`;
  return { id: 'tools', name: 'Tools looked for', done: found !== undefined, verdict: 'ok', text, next: { label: 'Tools', route: '/settings/tools' } };
}

function checkItem(profile: Profile): RigItem {
  const last = profile.get(lastCheck, (value): value is Checked => checked.safeParse(value).success);
  const text = last === undefined ? 'drives, memory, threads and numbers, in some seconds' : [`${last.passed} passed on ${last.at.slice(0, 10)}`, ...last.remarks].join('; ');
  return { id: 'check', name: 'Self-check', done: last !== undefined, verdict: last?.hasStop ? 'stop' : last && last.remarks.length > 0 ? 'warn' : 'ok', text, next: { label: 'Doctor', route: '/doctor' } };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

// Doctor: does this installation compute right numbers, and is this computer fit for a night's work?

import type { doctorRequests, Handlers } from '../contract/index.ts';
import { type AreaContext, isTexts } from '../house/index.ts';
import { lastCheck, rememberedCheck, rigChecklist } from './checklist.ts';
import { doctorRows } from './rows.ts';

export interface DoctorArea {
  readonly handlers: Handlers<typeof doctorRequests>;
}

export function doctorArea({ profile, runs, screenPool, emit, now }: AreaContext): DoctorArea {
  return {
    handlers: {
      'rig.checklist': () => rigChecklist({ profile, runs }),
      async 'doctor.run'(_input, { signal, progress }) {
        const scratch = await profile.room('cache');
        const destinations = profile.get('destinations', isTexts) ?? [];
        const folders = [
          { path: profile.folder, what: 'Profile', written: true },
          ...runs.roots().map(({ path }) => ({ path, what: 'Recordings', written: false })),
          ...destinations.map((path) => ({ path, what: 'Results', written: true })),
        ];
        const total = folders.length + 8;
        let done = 0;
        const rows = await doctorRows({ pool: screenPool(), scratch, folders, signal, on: () => progress(++done, total, 'checks') });
        await profile.set(lastCheck, rememberedCheck(rows, new Date(now())));
        emit('profile.changed', { name: lastCheck });
        return rows;
      },
    },
  };
}

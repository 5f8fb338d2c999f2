// The demo: a recording with known truth, made on this computer, and a session ready to run on it.

import fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { freeBytes } from '../../common/index.ts';
import { presetRun, simulateRun } from '../../simulate/index.ts';
import type { demoRequests, Handlers } from '../contract/index.ts';
import { type AreaContext, isText } from '../house/index.ts';

export interface DemoArea {
  readonly handlers: Handlers<typeof demoRequests>;
}

const seconds = 20;
const probes = 2;
/** Two AP and two LF streams of 385 columns, and NI; recorded seconds of both gates. */
const bytes = (seconds + 4) * (probes * 385 * 2 * (30_000 + 2500) + 25_000 * 8);
const extractors = '-xd=0,0,-1,1,50 -xd=0,0,-1,3,25 -xd=0,0,-1,2,0 -xa=0,0,0,1.0,2.5,50,8 -bf=0,0,-1,8,4,3';

export function demoArea(context: AreaContext): DemoArea {
  const { access, drafts, emit, profile, runs, screenPool } = context;
  return {
    handlers: {
      async 'demo.place'() {
        const place = path.join(access.places[0] ?? homedir(), 'aftergate-demo');
        const draftId = profile.get('demo', isText) ?? null;
        const isThere = draftId !== null && drafts.list().some((draft) => draft.draftId === draftId);
        return { path: place, bytes_B: bytes, seconds, probes, free_B: await freeBytes(place), draftId: isThere ? draftId : null };
      },
      async 'demo.create'({ path: folder, channels }, { signal, progress }) {
        const raw = path.join(await access.checkPlace(folder), 'raw');
        // Files arrive in stretches of all streams; the share that is done is told in recorded seconds.
        const done = new Map<string, { readonly done: number; readonly total: number }>();
        await simulateRun(raw, presetRun('demo', { seconds, channels }), {
          pool: screenPool(), signal,
          progress: ({ label, ...share }) => {
            done.set(label, share);
            const all = [...done.values()].reduce((sum, each) => ({ done: sum.done + each.done, total: sum.total + each.total }), { done: 0, total: 0 });
            progress(Math.floor((all.done / all.total) * seconds), seconds, 'recorded seconds');
          },
        });
        await runs.add(raw);
        await access.choose(folder);
        const processed = path.join(folder, 'processed');
        await fs.mkdir(processed, { recursive: true });
        const known = runs.list().filter((run) => run.folders.some((each) => each.startsWith(raw)));
        const draft = await drafts.create({ name: 'Demo', runs: known.map(({ runId, name }) => ({ runId, name })), session: demoSession(raw, processed), notes: {} });
        await profile.set('demo', draft.draftId);
        emit('profile.changed', { name: 'demo' });
        return { draftId: draft.draftId, path: folder };
      },
    },
  };
}

function demoSession(raw: string, processed: string) {
  return {
    version: 1, kind: 'multi-run', npx_directory: [raw], catGT_dest: processed, json_directory: path.join(processed, 'json'),
    run_specs: [['demo', '0', 'start,end', '0,1', '', ['cortex', 'thalamus']]],
    process_lf: true, ni_present: true, car_mode: 'gblcar', ni_obx_extract_string: extractors, event_ex_param_str: 'xd=0,0,-1,1,50',
    modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics', 'psth_events'],
  };
}

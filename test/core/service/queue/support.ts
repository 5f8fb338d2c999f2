// For tests of the queue: a small simulated run of two probes, a service on it, and drafts of sessions.

import path from 'node:path';
import { quickRun } from '../../../../core/simulate/index.ts';
import type { Answer, Input, JobDetails, RequestName, ServiceEvent } from '../../../../core/service/contract/index.ts';
import { createService, type Service, type ServiceOptions, type Shell } from '../../../../core/service/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

export interface Rig {
  readonly root: string;
  readonly raw: string;
  readonly out: string;
  readonly profile: string;
}

/** Two probes of 16 channels and NI, three seconds. */
export async function simulatedRig(): Promise<Rig> {
  const root = temporaryFolder();
  const rig = { root, raw: path.join(root, 'raw'), out: path.join(root, 'out'), profile: path.join(root, 'profile') };
  await quickRun(rig.raw, {
    name: 'm41', seconds: 3,
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:15', units: { count: 4 } })),
    events: [{ name: 'stimulus', widthsMs: [50], intervalS: 0.5, outlets: [{ stream: 'nidq', line: 1 }] }],
  });
  return rig;
}

export interface Bench {
  readonly service: Service;
  readonly events: readonly ServiceEvent[];
  /** What the shell was told: whether to keep the computer awake. */
  readonly awake: readonly boolean[];
  ask<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
  /** Puts a session into the queue. */
  add(name: string, changes?: Record<string, unknown>): Promise<string>;
  /** Ends when the job is as wanted. */
  until(jobId: string, wanted: (job: JobDetails) => boolean): Promise<JobDetails>;
}

export async function openBench(rig: Rig, options: ServiceOptions = {}): Promise<Bench> {
  const awake: boolean[] = [];
  const events: ServiceEvent[] = [];
  const shell: Shell = { carrier: 'browser', keepAwake: (working) => void awake.push(working) };
  const service = await createService({ profileFolder: rig.profile, roots: [rig.root], workers: 1, shell, ...options });
  service.listen((event) => void events.push(event));
  const ask = <Name extends RequestName>(name: Name, input: Input<Name>) => service.call(name, input) as Promise<Answer<Name>>;
  await ask('roots.add', { path: rig.root });
  return {
    service, events, awake, ask,
    async add(name, changes = {}) {
      const { draftId } = await ask('session.create', { name, session: sessionOf(rig, changes) });
      return (await ask('queue.add', { draftId })).jobId;
    },
    until: (jobId, wanted) => new Promise((resolve, reject) => {
      const look = () => void ask('queue.job', { jobId }).then((job) => {
        if (!wanted(job)) return;
        stop();
        resolve(job);
      }, reject);
      const stop = service.listen(look);
      look();
    }),
  };
}

export function sessionOf({ raw, out }: Rig, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1, kind: 'multi-run', npx_directory: [raw], run_specs: [['m41', '0', 'start,end', '0,1', '', ['default', 'default']]],
    catGT_dest: out, ni_obx_extract_string: '-xd=0,0,-1,1,50', event_ex_param_str: 'xd=0,0,-1,1,50', ...changes,
  };
}

export const ended = ({ state }: JobDetails) => ['done', 'failed', 'cancelled'].includes(state);

/** The first letters of the steps' states in a row: DDPWW. */
export function statesOf({ allSteps }: JobDetails): string {
  return allSteps.map(({ state }) => state[0].toUpperCase()).join('');
}

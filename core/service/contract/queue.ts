// Requests about work that runs or waits: jobs, steps, logs, reports.

import { z } from 'zod';
import { command, query } from './define.ts';

/**
 * paused: held back between steps; skipped: an earlier result is still valid; blocked: a step it needs has failed.
 */
export const stepStates = ['waiting', 'running', 'paused', 'done', 'skipped', 'failed', 'blocked', 'cancelled'] as const;
export type StepState = (typeof stepStates)[number];

/** interrupted: the program ended while the job was at work; it goes on where it was when asked to. failed: ended, but not all is done. */
export type JobState = 'waiting' | 'running' | 'paused' | 'interrupted' | 'done' | 'failed' | 'cancelled';

export interface QueueStep {
  readonly stepId: string;
  readonly run: string;
  readonly gate: number;
  /** null: of the whole run. */
  readonly probe: number | null;
  readonly module: string;
  readonly state: StepState;
  /** 0 to 1. */
  readonly fraction: number;
  /** What the module counts, null before it has said: 2,214 of 5,812 "imec0.ap". */
  readonly done: number | null;
  readonly total: number | null;
  readonly noun: string | null;
  /** Seconds of recording per second of work. */
  readonly xRealtime: number | null;
  /** null until 5 % and 30 s are done. */
  readonly left_s: number | null;
  readonly est_s: number;
  readonly took_s: number | null;
  readonly startedAt: string | null;
  /** Length of the recording. */
  readonly recording_s: number;
  /** Of the files it reads. */
  readonly input_B: number;
  /** Steps that must have ended before. */
  readonly needs: readonly string[];
  /** Why it failed, was blocked, or goes on without something. */
  readonly message: string | null;
  readonly next: string | null;
}

/** A run or probe that is not processed at all, because of what is on the disk. */
export interface LeftOut {
  readonly what: string;
  readonly run: string;
  readonly gate: number;
  /** `imec1`, `ni`; null: the whole run. */
  readonly device: string | null;
  readonly text: string;
  readonly next: string | null;
}

export interface Job {
  readonly jobId: string;
  readonly name: string;
  readonly state: JobState;
  readonly addedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** It does not begin before; null: when its turn comes. */
  readonly notBefore: string | null;
  readonly counts: Readonly<Record<StepState, number>>;
  readonly steps: number;
  /** 0 to 1, by expected time. */
  readonly fraction: number;
  /** null while it would be a guess. */
  readonly left_s: number | null;
  /** The step at work. */
  readonly running: string | null;
  /** Why its next step does not begin yet: no room on the drive. */
  readonly waitsFor: { readonly text: string; readonly next: string | null } | null;
  /** What stopping now would cost: the time the running step has been at work. */
  readonly lost_s: number;
  /** When it has ended: "3 of 4 probes done, m41_d4 imec1 failed". */
  readonly verdict: string | null;
  /** Why nothing of it could be done. */
  readonly problem: { readonly text: string; readonly next: string | null } | null;
  readonly sessionFile: string;
  readonly destination: string;
}

export interface JobDetails extends Job {
  readonly allSteps: readonly QueueStep[];
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly string[];
}

/** What work may take of this computer. */
export interface Limits {
  /** Threads; null: one per core. */
  readonly workers: number | null;
  /** null: all there is. */
  readonly memory_GB: number | null;
  /** A step that would leave less than this on the drive of its results waits. */
  readonly diskReserve_GB: number;
  /** Half the threads while a run under the folders of recordings grows. */
  readonly gentle: boolean;
}

export const limitRanges = { workers: { min: 1, max: 256 }, memory_GB: { min: 1, max: 8192 }, diskReserve_GB: { min: 0, max: 1_000_000 } } as const;

export const standardLimits: Limits = { workers: null, memory_GB: null, diskReserve_GB: 1, gentle: true };

export interface LimitsNow extends Limits {
  /** What is used at this moment. */
  readonly threads: number;
  readonly isRecording: boolean;
  /** What the program was started with (--workers) and `workers` does not change. */
  readonly fixedWorkers: number | null;
  readonly cores: number;
  readonly installed_GB: number;
}

export interface QueueState {
  readonly paused: boolean;
  readonly limits: LimitsNow;
  readonly jobs: readonly Job[];
  /** Of all jobs that are not finished; null while it would be a guess. */
  readonly left_s: number | null;
  /** Why jobs cannot be written down at present; null: what is done is on the disk, and a crash costs only the step at work. */
  readonly journalProblem: string | null;
  /** The shell keeps the computer awake while work goes on; a browser cannot. */
  readonly keepsAwake: boolean;
  /** While a step is at work. */
  readonly usage: { readonly mem_B: number; readonly cpu_pct: number | null } | null;
}

export interface StepDetails {
  readonly step: QueueStep;
  readonly inputJson: string;
  readonly outputJson: string;
  /** null: not written yet. */
  readonly input: Readonly<Record<string, unknown>> | null;
  /** Of the native tool, where a module runs one. */
  readonly command: string | null;
  readonly outputs: readonly { readonly path: string; readonly bytes_B: number }[];
  readonly warnings: readonly string[];
  /** Its results lie here; null while there are none. */
  readonly folder: string | null;
}

export interface StepLog {
  readonly lines: readonly string[];
  /** Position in the file of the first line, and where to go on reading. */
  readonly from_B: number;
  readonly next_B: number;
}

export interface ReportProbe {
  /** `m41_d3_g0 imec1`. */
  readonly what: string;
  readonly state: 'done' | 'failed' | 'cancelled' | 'waiting';
  /** One sentence that can be read over the phone. */
  readonly sentence: string;
  readonly next: string | null;
  readonly units: number | null;
  readonly good: number | null;
  readonly spikes: number | null;
  /** Of the sync edges after alignment, SD. */
  readonly syncResidual_ms: number | null;
  readonly gfixEdits: number | null;
  /** What CatGT's -health found in the AP recording, null without it: saturated share, % of what was recorded; samples the hardware missed; samples with error bits. */
  readonly saturated_percent: number | null;
  readonly missedSamples: number | null;
  readonly syErrors: number | null;
  /** Largest displacement the sorter found. */
  readonly drift_um: number | null;
  /** Figures outside what is usual here: "148 good; usual 60 to 120 (23 probes)". */
  readonly unusual: readonly string[];
  readonly folder: string | null;
}

export interface Report {
  readonly jobId: string;
  readonly name: string;
  readonly state: JobState;
  /** "3 of 4 probes done, m41_d4 imec1 failed". */
  readonly verdict: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly probes: readonly ReportProbe[];
  readonly failures: readonly { readonly what: string; readonly text: string; readonly next: string | null }[];
  /** Steps that were carried out or skipped; null in reports of earlier versions. */
  readonly steps: readonly { readonly stepId: string; readonly state: StepState; readonly took_s: number | null; readonly bytes_B: number }[] | null;
  /** Steps whose earlier results were still valid. */
  readonly skipped: readonly string[];
  readonly findings: readonly { readonly what: string; readonly text: string }[];
  readonly time: { readonly planned_s: number; readonly actual_s: number; readonly modules: readonly { readonly module: string; readonly planned_s: number; readonly actual_s: number }[] };
  /** planned_B: null in reports of earlier versions. */
  readonly disk: { readonly planned_B: number | null; readonly actual_B: number; readonly modules: readonly { readonly module: string; readonly planned_B: number | null; readonly actual_B: number }[] };
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly methods: string;
}

const words: Readonly<Record<string, string>> = {
  catGT_helper: 'CatGT', supercat: 'join', spike_sorter: 'sort', ks4_helper: 'sort', kilosort_helper: 'sort', kilosort_postprocessing: 'postproc', mean_waveforms: 'waveforms',
  quality_metrics: 'metrics', tPrime_helper: 'TPrime', aux_timepoints: 'sample times', remove_ap: 'AP removal', psth_events: 'PSTH events',
};

/** What people call a module. */
export function moduleWord(module: string): string {
  return words[module] ?? module;
}

const ofJob = z.strictObject({ jobId: z.string() });
const ofStep = z.strictObject({ jobId: z.string(), stepId: z.string() });

export const queueRequests = {
  'queue.state': query<QueueState>()(z.strictObject({})),
  'queue.job': query<JobDetails>()(ofJob),
  'queue.step': query<StepDetails>()(ofStep),
  /** Lines of a step's log from a position of an earlier answer; without one, its last part. */
  'step.log': query<StepLog>()(z.strictObject({ jobId: z.string(), stepId: z.string(), from_B: z.number().int().min(0).optional() })),
  'report.get': query<Report>()(ofJob),
  /** Freezes the draft's session as a file and puts it at the end. `when`: not before this time (ISO with zone). */
  'queue.add': command<{ readonly jobId: string }>()(z.strictObject({ draftId: z.string(), when: z.union([z.literal('now'), z.iso.datetime({ offset: true })]).default('now') })),
  /** After the step at work. */
  'queue.pause': command<QueueState>()(z.strictObject({})),
  /** Goes on, also with what was interrupted. */
  'queue.resume': command<QueueState>()(z.strictObject({})),
  /** The whole job, or the step at work alone with what needs it. */
  'queue.cancel': command<QueueState>()(z.strictObject({ jobId: z.string(), stepId: z.string().optional() })),
  /** What is missing is done again; results that are valid stay. */
  'queue.retry': command<QueueState>()(ofJob),
  /** Does a finished step and all that follows from it again. */
  'queue.runFrom': command<QueueState>()(ofStep),
  /** Kept in the profile. Fewer threads are used at once; all else, and more threads, from the next step. */
  'queue.setLimits': command<QueueState>()(z.strictObject({
    workers: z.number().int().min(limitRanges.workers.min).max(limitRanges.workers.max).nullable().optional(),
    memory_GB: z.number().min(limitRanges.memory_GB.min).max(limitRanges.memory_GB.max).nullable().optional(),
    diskReserve_GB: z.number().min(limitRanges.diskReserve_GB.min).max(limitRanges.diskReserve_GB.max).optional(),
    gentle: z.boolean().optional(),
  })),
  /** Takes a job that does not work off the list; files stay. */
  'queue.remove': command<QueueState>()(ofJob),
  /** Among the jobs that wait. */
  'queue.move': command<QueueState>()(z.strictObject({ jobId: z.string(), by: z.union([z.literal(-1), z.literal(1)]) })),
};

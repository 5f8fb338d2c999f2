// What work may take of this computer: threads, memory, room on the drive. Kept in the profile, asked anew for every step.

import { totalmem } from 'node:os';
import { defaultWorkers } from '../../execution/index.ts';
import { limitRanges, type Limits, type LimitsNow, standardLimits } from '../contract/index.ts';
import type { Profile } from './profile.ts';

export interface LimitStore {
  get(): Limits;
  /** Saved when the promise ends. */
  set(change: Partial<Limits>): Promise<void>;
  now(isRecording: boolean): LimitsNow;
}

type Name = keyof Limits;

const isWithin = ({ min, max }: { readonly min: number; readonly max: number }) => (value: unknown): value is number => typeof value === 'number' && value >= min && value <= max;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const nameOf = (limit: Name) => `limits.${limit}`;

/** @param fixedWorkers what the program was started with */
export function openLimits(profile: Profile, fixedWorkers: number | undefined): LimitStore {
  const get = (): Limits => ({
    workers: profile.get(nameOf('workers'), isWithin(limitRanges.workers)) ?? standardLimits.workers,
    memory_GB: profile.get(nameOf('memory_GB'), isWithin(limitRanges.memory_GB)) ?? standardLimits.memory_GB,
    diskReserve_GB: profile.get(nameOf('diskReserve_GB'), isWithin(limitRanges.diskReserve_GB)) ?? standardLimits.diskReserve_GB,
    gentle: profile.get(nameOf('gentle'), isFlag) ?? standardLimits.gentle,
  });
  return {
    get,
    async set(change) {
      for (const [name, value] of Object.entries(change)) await profile.set(nameOf(name as Name), value ?? undefined);
    },
    now(isRecording) {
      const limits = get();
      const workers = fixedWorkers ?? limits.workers ?? defaultWorkers();
      const threads = limits.gentle && isRecording ? Math.max(1, Math.floor(workers / 2)) : workers;
      return { ...limits, threads, isRecording, fixedWorkers: fixedWorkers ?? null, cores: defaultWorkers(), installed_GB: totalmem() / 1e9 };
    },
  };
}

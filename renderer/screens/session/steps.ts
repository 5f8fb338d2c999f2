// The wizard's steps, in the order of thought: name, title, code.

import type { ComponentType } from 'react';
import type { WizardStep } from '../../../core/service/contract/index.ts';
import type { StepProps } from './Step.tsx';

export interface StepEntry {
  readonly step: WizardStep;
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType<StepProps> }>;
}

export const stepEntries: readonly StepEntry[] = [
  { step: 'runs', title: 'Runs', load: () => import('./steps/runs/index.tsx') },
  { step: 'gates', title: 'Gates', load: () => import('./steps/gates/index.tsx') },
  { step: 'probes', title: 'Probes', load: () => import('./steps/probes/index.tsx') },
  { step: 'extract', title: 'Extract', load: () => import('./steps/extract/index.tsx') },
  { step: 'preprocess', title: 'Preprocess', load: () => import('./steps/preprocess/index.tsx') },
  { step: 'sort', title: 'Sort', load: () => import('./steps/sort/index.tsx') },
  { step: 'modules', title: 'Modules', load: () => import('./steps/modules/index.tsx') },
  { step: 'sync', title: 'Sync', load: () => import('./steps/sync/index.tsx') },
  { step: 'dest', title: 'Destination', load: () => import('./steps/dest/index.tsx') },
  { step: 'review', title: 'Review', load: () => import('./steps/review/index.tsx') },
];

// Findings about a draft, by step; asked again after every change. undefined until the first answer.

import type { Finding } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';

export function useFindings(draftId: string): readonly Finding[] | undefined {
  return useAsk('session.check', { draftId }, { keep: true }).data;
}

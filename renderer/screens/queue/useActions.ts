// What can be done with the queue: commands whose failure stays on the screen, and questions asked before work is lost.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Input, QueueState, RequestError } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';

type QueueCommand = 'queue.pause' | 'queue.resume' | 'queue.cancel' | 'queue.retry' | 'queue.runFrom' | 'queue.remove' | 'queue.move';

export interface Question {
  readonly title: string;
  /** What is lost and what stays. */
  readonly text: string;
  /** What the button says. */
  readonly label: string;
  readonly act: () => void;
}

export interface QueueActions {
  readonly send: <Name extends QueueCommand>(name: Name, input: Input<Name>) => void;
  readonly confirm: (question: Question) => void;
  readonly question: Question | null;
  readonly dismiss: () => void;
  /** Of the last command. */
  readonly error: RequestError | null;
}

export function useActions(): QueueActions {
  const client = useQueryClient();
  const [question, setQuestion] = useState<Question | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const send = useCallback(<Name extends QueueCommand>(name: Name, input: Input<Name>) => {
    setError(null);
    call(name, input).then((state) => client.setQueryData<QueueState>(['queue.state', {}], state), (failure: RequestError) => setError(failure));
  }, [client]);
  const dismiss = useCallback(() => setQuestion(null), []);
  return useMemo(() => ({ send, confirm: setQuestion, question, dismiss, error }), [send, question, dismiss, error]);
}

// Looks for dead and noisy channels and those outside the brain, when asked to; what it finds is left out only by a click.

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProbeBadChannels, RequestError } from '../../../../../core/service/contract/index.ts';
import { call } from '../../../../api/index.ts';
import { Problem } from '../../../../components/index.ts';
import { acquired, type BadClass, badClasses, lookedText, proposals } from './badChannels.ts';
import { channelText } from './exclusions.ts';
import styles from './ProbesStep.module.css';

interface Search {
  readonly found: ProbeBadChannels | undefined;
  readonly error: RequestError | null;
  readonly isBusy: boolean;
  readonly done_pct: number;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Of one probe of a run; the answer stays while the window is open. */
export function useBadChannels(runId: string, probe: number): Search {
  const [done_pct, setDone] = useState(0);
  const client = useQueryClient();
  const input = { runId, stream: `imec${probe}.ap` };
  const queryKey = ['probe.badChannels', input];
  const { data, error, isFetching, refetch } = useQuery<ProbeBadChannels, RequestError>({
    queryKey,
    queryFn: ({ signal }) => {
      setDone(0);
      return call('probe.badChannels', input, { signal, onProgress: ({ done, total }) => setDone(Math.floor((100 * done) / total)) });
    },
    enabled: false,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { found: data, error, isBusy: isFetching, done_pct, start: () => void refetch(), stop: () => void client.cancelQueries({ queryKey }) };
}

interface BadChannelsProps {
  readonly search: Search;
  readonly excluded: readonly number[];
  readonly onExclude: (channels: readonly number[]) => void;
}

export function BadChannels({ search: { found, error, isBusy, done_pct, start, stop }, excluded, onExclude }: BadChannelsProps) {
  if (isBusy) return <div className={styles.bad}><Button variant="default" onClick={stop}>Stop looking</Button><span className="caption" role="status">{done_pct} % looked at</span></div>;
  return (
    <div className={styles.bad}>
      <Button variant="default" onClick={start}>{found ? 'Look again' : 'Look for bad channels'}</Button>
      {error && <Problem error={error} />}
      {found && (
        <>
          <span className="caption">{lookedText(found)}</span>
          <ul aria-label="Bad channels">
            {(Object.keys(badClasses) as BadClass[]).map((each) => {
              const channels = acquired(found, each);
              return <li key={each}><b>{channels.length}</b> {badClasses[each]}{channels.length > 0 && `: ${channelText(channels)}`}</li>;
            })}
          </ul>
          {proposals(found, excluded).map(({ label, channels }) => <Button key={label} variant="default" onClick={() => onExclude([...excluded, ...channels])}>{label}</Button>)}
        </>
      )}
    </div>
  );
}

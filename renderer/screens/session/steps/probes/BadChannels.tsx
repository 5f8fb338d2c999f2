// Looks for dead and noisy channels and those outside the brain, when asked to; what it finds is left out only by a click.

import { Button } from '@mantine/core';
import type { ProbeBadChannels } from '../../../../../core/service/contract/index.ts';
import { Problem } from '../../../../components/index.ts';
import { acquired, type BadClass, badClasses, lookedText, proposals } from './badChannels.ts';
import { channelText } from './exclusions.ts';
import styles from './ProbesStep.module.css';
import type { Look } from './useLook.ts';

interface BadChannelsProps {
  readonly search: Look<ProbeBadChannels>;
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

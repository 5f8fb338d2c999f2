// The sorters as a choice: which are there, and what is missing where not. One that is missing here may be chosen for a
// session that is exported to another computer.

import { Radio } from '@mantine/core';
import { Link } from 'wouter';
import type { RequestError, SorterChoice, SorterId } from '../../../../../core/service/contract/index.ts';
import { Mark, Problem } from '../../../../components/index.ts';
import styles from './SortStep.module.css';

interface SorterChoicesProps {
  readonly chosen: SorterId | 'none';
  /** ks_ver, also when nothing is sorted: the folders that are read have its ending. */
  readonly sorter: SorterId;
  readonly choices: readonly SorterChoice[] | undefined;
  readonly error: RequestError | null;
  readonly onChoose: (sorter: SorterId | 'none') => void;
}

/** Shown at once; what was found arrives when programs have been asked. */
const all: readonly { readonly id: SorterId; readonly name: string }[] = [
  { id: 'ag', name: 'Embedded' }, { id: '4', name: 'Kilosort 4' }, { id: '3.0', name: 'Kilosort 3.0' }, { id: '2.5', name: 'Kilosort 2.5' }, { id: '2.0', name: 'Kilosort 2.0' },
];

const endings: Readonly<Record<SorterId, string>> = { ag: 'ag', 4: 'ks4', '3.0': 'ks3', '2.5': 'ks25', '2.0': 'ks2' };

export function SorterChoices({ chosen, sorter, choices, error, onChoose }: SorterChoicesProps) {
  return (
    <section className={styles.section} aria-labelledby="sorter-title">
      <h2 id="sorter-title">Sorter</h2>
      {error && <Problem error={error} />}
      <Radio.Group aria-label="Sorter" value={chosen} onChange={(value) => onChoose(value as SorterId | 'none')}>
        <div className={styles.choices}>
          {all.map(({ id, name }) => <Radio key={id} value={id} label={name} description={<State id={id} isChosen={id === chosen} choice={choices?.find((each) => each.id === id)} />} />)}
          <Radio value="none" label="None" description={`Post-process what is there: folders ending in _${endings[sorter]}`} />
        </div>
      </Radio.Group>
      {choices?.some(({ available }) => !available) && <p className="caption">A sorter that is not here can still be chosen for a session that is run elsewhere. <Link href="/settings/tools">Set programs up in Settings</Link></p>}
    </section>
  );
}

function State({ id, isChosen, choice }: { readonly id: SorterId; readonly isChosen: boolean; readonly choice: SorterChoice | undefined }) {
  if (id === 'ag') return <><Mark name="ok" word="built in" />: nothing to install</>;
  if (!choice) return <>looking for its programs</>;
  if (!choice.available) return <><Mark name={isChosen ? 'stop' : 'unknown'} word="not found" short={isChosen} />{isChosen ? ' ' : ': '}{choice.reason} {choice.next} <Link href="/settings/tools" aria-label={`How to set up ${choice.name}`}>How</Link></>;
  return <><Mark name={choice.reason ? 'warn' : 'ok'} word={choice.reason ? 'limited' : 'found'} short /> {choice.found}{choice.reason ? `. ${choice.reason}` : ''}</>;
}

// The modules in running order: what runs once per run, what runs on each probe, with their count of changed parameters.
// The order is that in which each module finds what it reads, so there is no other to choose.

import { Button, Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import type { ModuleSpecs } from '../../../../../core/service/contract/index.ts';
import type { StepProps } from '../../Step.tsx';
import { readUse, specsOf } from '../probes/specs.ts';
import { listsOf, modulesOf, patchLikeOthers, patchModule, patchSorter, sorterOfSession } from './lists.ts';
import styles from './ModulesStep.module.css';
import { changedParams } from './values.ts';

interface ModuleListProps {
  readonly props: StepProps;
  readonly specs: ModuleSpecs;
  readonly chosen: string | undefined;
  readonly onChoose: (module: string) => void;
}

export function ModuleList({ props: { draft: { session, effective }, editor }, specs, chosen, onChoose }: ModuleListProps) {
  const [scope, setScope] = useState('default');
  const lists = listsOf(session, specs);
  const probes = [...new Set([...specsOf(session).flatMap((entry) => readUse(entry).probes.map(({ probe }) => `imec${probe}`)), ...Object.keys(lists).filter((name) => name !== 'default')])].sort();
  const sorter = specs.sorterOf[sorterOfSession(session)];
  const listed = modulesOf(session, specs, scope);
  const isFileList = session.kind === 'file-list';
  const runs: Readonly<Record<string, boolean>> = {
    catGT_helper: !isFileList && effective.run_CatGT !== false,
    tPrime_helper: !isFileList && effective.runTPrime !== false,
    ...Object.fromEntries(listed.map((name) => [name, true])),
  };
  const reasonOf = (name: string): string | undefined => {
    if (isFileList && ['catGT_helper', 'tPrime_helper'].includes(name)) return 'not for lists of files';
    if (name === 'catGT_helper') return 'once per run, before all probes';
    if (name === 'tPrime_helper') return 'needs CatGT\'s edges: once per run, after all probes';
    if (name === 'psth_events') return runs.tPrime_helper ? 'not needed: TPrime writes events.csv, aligned' : 'after sorting';
    if (name === 'recording') return 'read by all modules';
    return undefined;
  };
  const isFixed = (name: string) => (isFileList && ['catGT_helper', 'tPrime_helper'].includes(name)) || (name === 'psth_events' && runs.tPrime_helper && !runs.psth_events);
  const toggle = (name: string, isOn: boolean) => {
    const label = `${isOn ? 'run' : 'leave out'} ${name}`;
    if (name === 'catGT_helper') return editor.change(label, { session: { run_CatGT: isOn ? null : false } });
    if (name === 'tPrime_helper') return editor.change(label, { session: { runTPrime: isOn ? null : false } });
    if (name === sorter && scope === 'default' && Object.keys(lists).length === 1) return editor.change(label, { session: patchSorter(session, specs, isOn ? sorterOfSession(session) : 'none') });
    editor.change(label, { session: patchModule(session, specs, scope, name, isOn) });
  };
  return (
    <nav className={styles.left} aria-label="Modules">
      {probes.length > 1 && !isFileList && (
        <div className={styles.scope}>
          <Select label="Modules of" value={scope} allowDeselect={false} data={[{ value: 'default', label: 'all probes' }, ...probes.map((probe) => ({ value: probe, label: Object.hasOwn(lists, probe) ? `${probe} ● its own list` : probe }))]} onChange={(value) => value && setScope(value)} />
          {scope !== 'default' && Object.hasOwn(lists, scope) && <Button variant="default" onClick={() => editor.change(`${scope} like all probes`, { session: patchLikeOthers(session, specs, scope) })}>Like all probes</Button>}
        </div>
      )}
      <ol className={styles.modules}>
        {specs.modules.map(({ name, summary, params }) => {
          const changed = changedParams(session, params).length;
          return (
            <li key={name} data-chosen={name === chosen || undefined}>
              {name === 'recording' ? <span className={styles.nobox} /> : <Checkbox aria-label={`Run ${name}`} checked={runs[name] ?? false} disabled={isFixed(name)} onChange={(event) => toggle(name, event.currentTarget.checked)} />}
              <button type="button" className={styles.module} aria-current={name === chosen ? 'true' : undefined} title={summary} onClick={() => onChoose(name)}>
                <span>{name}{changed > 0 && <span className={styles.count}> ●{changed}<span className="unseen"> changed</span></span>}</span>
                {reasonOf(name) && <span className="caption">{reasonOf(name)}</span>}
              </button>
            </li>
          );
        })}
      </ol>
      <p className="caption">Each reads what those before it wrote, so the order is fixed.</p>
    </nav>
  );
}

// The filter's line: completes names of columns with their unit, range and meaning, says in place what is wrong, keeps
// filters by name.

import { Autocomplete, Button, Menu, TextInput } from '@mantine/core';
import { type RefObject, useMemo, useState } from 'react';
import type { UnitTable } from '../../../core/service/contract/index.ts';
import { useKept } from '../../api/index.ts';
import { significant } from '../../components/index.ts';
import { completions } from './completions.ts';
import styles from './units.module.css';

interface FilterFieldProps {
  readonly table: UnitTable;
  readonly value: string;
  readonly problem: string | null;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onChange: (text: string) => void;
}

interface SavedFilter {
  readonly name: string;
  readonly text: string;
}

export function FilterField({ table, value, problem, field, onChange }: FilterFieldProps) {
  const offered = useMemo(() => completions(table, value), [table, value]);
  const meaning = useMemo(() => new Map(offered.map((each) => [each.text, each])), [offered]);
  return (
    <>
      <Autocomplete ref={field} className={styles.filter} aria-label="Filter" placeholder="filter, such as  snr > 3 && isi_viol < 0.1 && label != 'noise'" value={value} error={problem} onChange={onChange}
        data={offered.map(({ text }) => text)} filter={({ options }) => options} comboboxProps={{ width: 460, position: 'bottom-start' }} maxDropdownHeight={320}
        renderOption={({ option }) => {
          const each = meaning.get(option.value);
          return <span className={styles.completion}><b>{each?.name}</b><span className="caption">{each?.range && `${each.range.map((end) => significant(end)).join(' to ')}${each.unit ? ` ${each.unit}` : ''}. `}{each?.help}</span></span>;
        }} />
      <SavedFilters value={value} canSave={value.trim() !== '' && problem === null} onChange={onChange} />
    </>
  );
}

function SavedFilters({ value, canSave, onChange }: { readonly value: string; readonly canSave: boolean; readonly onChange: (text: string) => void }) {
  const [saved, setSaved] = useKept<readonly SavedFilter[]>('units.filters', []);
  const [name, setName] = useState('');
  const save = () => {
    setSaved([...saved.filter((each) => each.name !== name.trim()), { name: name.trim(), text: value }]);
    setName('');
  };
  return (
    <Menu position="bottom-start" closeOnItemClick={false} trapFocus={false}>
      <Menu.Target><Button variant="default">Saved ▾</Button></Menu.Target>
      <Menu.Dropdown className={styles.saved}>
        {saved.length === 0 && <p className="caption">No filter is saved yet.</p>}
        {saved.map((each) => (
          <div key={each.name} className={styles.savedRow}>
            <Menu.Item onClick={() => onChange(each.text)}><b>{each.name}</b> <code className="caption">{each.text}</code></Menu.Item>
            <Button variant="subtle" px={8} aria-label={`Forget the filter ${each.name}`} onClick={() => setSaved(saved.filter((other) => other !== each))}>✕</Button>
          </div>
        ))}
        <form className={styles.savedRow} onSubmit={(event) => { event.preventDefault(); if (canSave && name.trim() !== '') save(); }}>
          <TextInput aria-label="Name of the filter" placeholder="name of this filter" value={name} onChange={(event) => setName(event.currentTarget.value)} onKeyDown={(event) => event.stopPropagation()} />
          <Button type="submit" variant="default" disabled={!canSave || name.trim() === ''}>Save filter</Button>
        </form>
        {!canSave && <p className="caption">Write a filter first.</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

// Every key there is, found by its name or by what it does, for print as well.

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { KeyTable } from '../../app/Keys.tsx';
import styles from './Settings.module.css';

export function ShortcutsPage() {
  const [search, setSearch] = useState('');
  return (
    <>
      <div className={styles.row}>
        <TextInput type="search" aria-label="Search shortcuts" placeholder="A key, or what it does" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Button variant="default" onClick={() => window.print()}>Print</Button>
      </div>
      <p className="caption">Keys are bound by their place on the keyboard. They rest while a text field has the focus, except those with Ctrl.</p>
      <KeyTable search={search} />
    </>
  );
}

// The keys of the frame, and the dialog that lists all keys.

import { Modal, TextInput } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import styles from './Keys.module.css';
import { openCommandLine } from './Palette.tsx';
import { toNextPanel } from './panels.ts';
import { areaRoutes, helpOf, isTyping, placesOf, type Shortcut, shortcuts } from './shortcuts.ts';

export function Keys() {
  const [path, go] = useLocation();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { code, key, altKey, shiftKey } = event;
      const ctrl = event.ctrlKey || event.metaKey;
      const act = (action: () => void) => {
        event.preventDefault();
        action();
      };
      if (ctrl && code === 'KeyK') return act(() => spotlight.open());
      if (ctrl && code === 'BracketLeft') return act(() => history.back());
      if (ctrl && code === 'BracketRight') return act(() => history.forward());
      if (altKey && shiftKey && /^Digit[1-6]$/.test(code)) return act(() => go(areaRoutes[Number(code.slice(5)) - 1]));
      if (code === 'F1') return act(() => go(helpOf(path)));
      if (code === 'F6') return act(() => toNextPanel(shiftKey ? -1 : 1));
      if (ctrl && !altKey && !shiftKey && code === 'KeyS') return act(saveField);
      if (ctrl || altKey || isTyping(event.target)) return;
      if (key === '?' || key === 'h') return act(() => setOpened(true));
      if (key === ':') return act(openCommandLine);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [go, path]);
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keys" size="xl">
      <TextInput label="Search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-autofocus />
      <KeyTable search={search} first={placesOf(path)} />
    </Modal>
  );
}

/** Fields save when they are left; everything else is saved as it changes. */
function saveField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !isTyping(field)) return;
  field.blur();
  field.focus();
}

/**
 * All shortcuts, by place.
 * @param search words that the keys, what they do or their place must have
 * @param first places that stand above the others: those of the page on show
 */
export function KeyTable({ search = '', first = [] }: { readonly search?: string; readonly first?: readonly Shortcut['where'][] }) {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = shortcuts.filter(({ keys, does, where }) => words.every((word) => `${keys} ${does} ${where}`.toLowerCase().includes(word)));
  const places = [...new Set(found.map(({ where }) => where))].sort((a, b) => Number(first.includes(b)) - Number(first.includes(a)));
  if (places.length === 0) return <p className="muted">No key does this.</p>;
  return (
    <div className={styles.places}>
      {places.map((where) => (
        <section key={where}>
          <h3>{where}{first.includes(where) ? ' (this page)' : ''}</h3>
          <dl className={styles.keys}>
            {found.filter((shortcut) => shortcut.where === where).map((shortcut: Shortcut) => (
              <div key={shortcut.keys}><dt><kbd>{shortcut.keys}</kbd></dt><dd>{shortcut.does}</dd></div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

// The notation of a screen: what will be done, in CatGT options or JSON. Copied with a button or Alt+Shift+C.

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import styles from './Notation.module.css';

export function Notation({ text }: { readonly text: string }) {
  useEffect(() => {
    const copyByKey = (event: KeyboardEvent) => {
      if (event.altKey && event.shiftKey && event.code === 'KeyC') void copy(text);
    };
    document.addEventListener('keydown', copyByKey);
    return () => document.removeEventListener('keydown', copyByKey);
  }, [text]);
  return (
    <>
      <code className={styles.text} title={text} data-testid="notation">{text}</code>
      <Button variant="subtle" className={styles.copy} onClick={() => void copy(text)} aria-keyshortcuts="Alt+Shift+C">Copy</Button>
    </>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  notifications.show({ message: 'Copied.' });
}

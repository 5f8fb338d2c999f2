// The notation of a screen: what will be done, in CatGT options or JSON. Copied with a button or Alt+Shift+C.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { copyText } from './copyText.ts';
import styles from './Notation.module.css';

export function Notation({ text }: { readonly text: string }) {
  useEffect(() => {
    const copyByKey = (event: KeyboardEvent) => {
      if (event.altKey && event.shiftKey && event.code === 'KeyC') copyText(text);
    };
    document.addEventListener('keydown', copyByKey);
    return () => document.removeEventListener('keydown', copyByKey);
  }, [text]);
  return (
    <>
      <code className={styles.text} title={text} data-testid="notation">{text}</code>
      <Button variant="subtle" className={styles.copy} onClick={() => copyText(text)} aria-keyshortcuts="Alt+Shift+C">Copy</Button>
    </>
  );
}

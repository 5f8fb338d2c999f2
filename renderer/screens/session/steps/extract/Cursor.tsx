// A thin line through all rows, where the pointer or the ruler is.

import styles from './extract.module.css';
import { LEFT, RIGHT } from './layout.ts';
import type { Window } from './model.ts';

export function Cursor({ at, view, pinned = false }: { readonly at: number | null; readonly view: Window; readonly pinned?: boolean }) {
  if (at === null || at < view.from_s || at > view.to_s) return null;
  const share = (at - view.from_s) / (view.to_s - view.from_s);
  return <div className={styles.cursor} data-pinned={pinned || undefined} aria-hidden style={{ left: `calc(${LEFT}px + ${share} * (100% - ${LEFT + RIGHT}px))` }} />;
}

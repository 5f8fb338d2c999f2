// What every screen is made of: title, breadcrumb, content, notation bar, and one primary action (Ctrl+Enter presses it).

import { Anchor, Button } from '@mantine/core';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { InSlot } from '../app/slots.tsx';
import styles from './Page.module.css';

export interface Primary {
  /** A verb with a count: "Run 19 steps". */
  readonly label: string;
  readonly onPress: () => void;
  /** Why it cannot be pressed now; shown beside it. */
  readonly reason?: string;
  readonly busy?: boolean;
}

interface PageProps {
  /** The h1. */
  readonly title: string;
  /** Where this is, outermost first; the title is added. */
  readonly crumbs?: readonly { readonly label: string; readonly route: string }[];
  /** What will be done, in the field's notation. */
  readonly notation?: ReactNode;
  /** Quieter buttons, left of the primary one. */
  readonly secondary?: ReactNode;
  readonly primary?: Primary;
  readonly children: ReactNode;
  /** Content that scrolls by itself (tables, canvases) fills the page. */
  readonly fill?: boolean;
}

export function Page({ title, crumbs = [], notation, secondary, primary, children, fill = false }: PageProps) {
  usePrimaryKey(primary);
  useEffect(() => {
    // What had the focus went with the screen before: the keyboard goes on in this one.
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} - Aftergate`;
  }, [title]);
  return (
    <>
      <InSlot name="crumbs">
        <nav aria-label="Breadcrumb" className={styles.crumbs}>
          {crumbs.map(({ label, route }) => <Fragment key={route}><Anchor component={Link} href={route}>{label}</Anchor><span aria-hidden className="hint">/</span></Fragment>)}
        </nav>
        <h1 className={styles.title}>{title}</h1>
      </InSlot>
      <InSlot name="notation">{notation}</InSlot>
      <InSlot name="actions">
        {primary?.reason && <span className="caption">{primary.reason}</span>}
        {secondary}
        {primary && <Button onClick={primary.onPress} disabled={primary.reason !== undefined} loading={primary.busy} aria-keyshortcuts="Control+Enter">{primary.label}</Button>}
      </InSlot>
      <div className={fill ? styles.fill : styles.page}>{children}</div>
    </>
  );
}

function usePrimaryKey(primary: Primary | undefined): void {
  const latest = useRef(primary);
  useEffect(() => {
    latest.current = primary;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || document.querySelector('[role=dialog]')) return;
      const { current } = latest;
      if (!current || current.reason !== undefined || current.busy) return;
      event.preventDefault();
      current.onPress();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

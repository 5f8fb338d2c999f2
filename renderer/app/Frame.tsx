// Rail, top bar, content and footer. Screens put their title into the top bar and their notation and primary action into
// the footer with <Page>.

import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconChartDots, IconFolders, IconHelp, IconListCheck, IconPlayerPlay, IconSearch, IconSettings } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { onConnection } from '../api/index.ts';
import styles from './Frame.module.css';
import { Keys } from './Keys.tsx';
import { Notices } from './Notices.tsx';
import { Palette } from './Palette.tsx';
import { FrameSlots } from './slots.tsx';
import { TopStatus } from './TopStatus.tsx';

const areas = [
  { area: 'runs', label: 'Runs', Icon: IconFolders },
  { area: 'session', label: 'Session', Icon: IconListCheck },
  { area: 'queue', label: 'Queue', Icon: IconPlayerPlay },
  { area: 'review', label: 'Review', Icon: IconChartDots },
  { area: 'settings', label: 'Settings', Icon: IconSettings },
  { area: 'help', label: 'Help', Icon: IconHelp },
] as const;

const relatives: Readonly<Record<string, string>> = { report: 'queue', traces: 'runs', doctor: 'settings' };

export function Frame({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  const first = location.split(/[/?]/)[1] ?? 'runs';
  const here = relatives[first] ?? first;
  const places = useLastPlaces(here, location);
  return (
    <FrameSlots>
      {({ crumbs, notation, actions, refs }) => (
        <div className={styles.frame}>
          <a className={styles.skip} href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to content</a>
          <nav className={styles.rail} aria-label="Areas">
            {areas.map(({ area, label, Icon }) => (
              <Link key={area} href={places[area] ?? `/${area}`} className={styles.area} aria-current={here === area ? 'page' : undefined}>
                <Icon size={20} aria-hidden />
                <span>{label}</span>
              </Link>
            ))}
          </nav>
          <header className={styles.topbar}>
            <div className={styles.crumbs} ref={refs.crumbs}>{crumbs}</div>
            <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} onClick={() => spotlight.open()} aria-keyshortcuts="Control+K">Search&nbsp; <kbd className="hint">Ctrl+K</kbd></Button>
            <TopStatus />
          </header>
          <main id="main" tabIndex={-1} className={styles.content}>
            <ConnectionLine />
            {children}
          </main>
          <footer className={styles.footer}>
            <div className={styles.notation} ref={refs.notation}>{notation}</div>
            <div className={styles.actions} ref={refs.actions}>{actions}</div>
          </footer>
          <Palette />
          <Keys />
          <Notices />
        </div>
      )}
    </FrameSlots>
  );
}

/** Where the user was last in each area: a click on the rail returns there. */
function useLastPlaces(here: string, location: string): Readonly<Record<string, string>> {
  const [places, setPlaces] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    setPlaces((old) => (old[here] === location ? old : { ...old, [here]: location }));
  }, [here, location]);
  return { ...places, [here]: `/${here}` };
}

function ConnectionLine() {
  const [since, setSince] = useState<string>();
  useEffect(() => onConnection((isLost) => setSince((old) => (isLost ? (old ?? new Date().toTimeString().slice(0, 5)) : undefined))), []);
  if (!since) return null;
  return <div className={styles.lost} role="status">Not connected to the Aftergate service since {since}. Work goes on there. Retrying.</div>;
}

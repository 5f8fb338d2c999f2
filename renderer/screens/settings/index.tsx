// Settings: what belongs to this computer or lab rather than to a session. Each change is saved at once.

import { Link } from 'wouter';
import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';
import { settingsPages } from './pages.ts';
import styles from './Settings.module.css';

export default function SettingsScreen({ params }: ScreenProps) {
  const { page, title, Content } = settingsPages.find((entry) => entry.page === params.page) ?? settingsPages[0];
  return (
    <Page title={title} crumbs={[{ label: 'Settings', route: '/settings' }]} fill>
      <div className={styles.columns}>
        <nav className={styles.pages} aria-label="Settings">
          {settingsPages.map((entry) => <Link key={entry.page} href={`/settings/${entry.page}`} aria-current={entry.page === page ? 'page' : undefined}>{entry.title}</Link>)}
          <Link href="/doctor">Doctor</Link>
        </nav>
        <div className={styles.content} tabIndex={0} role="region" aria-label={title}><Content /></div>
      </div>
    </Page>
  );
}

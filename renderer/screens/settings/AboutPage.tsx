// What this program is: version, licence, and that it keeps to itself.

import { useAsk } from '../../api/index.ts';
import { Problem, Waiting } from '../../components/index.ts';
import styles from './Settings.module.css';

const systems: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

export function AboutPage() {
  const { data: info, error } = useAsk('app.info', {});
  if (error) return <Problem error={error} />;
  if (!info) return <Waiting what="version" />;
  return (
    <dl className={styles.facts}>
      <dt>Aftergate</dt><dd>{info.version}, {info.carrier === 'desktop' ? 'desktop application' : 'in a browser, served by this computer to itself'}, {systems[info.platform] ?? info.platform}</dd>
      <dt>Licence</dt><dd>MIT. Copyright 2026 The Aftergate authors.</dd>
      <dt>Network</dt><dd>No network is used. Nothing is fetched, nothing is sent, there is no account.</dd>
      <dt>Recordings</dt><dd>Files of SpikeGLX are read and never written to.</dd>
      <dt>Threads</dt><dd>{info.workers}</dd>
      <dt>Profile</dt><dd><code>{info.profileFolder}</code></dd>
    </dl>
  );
}

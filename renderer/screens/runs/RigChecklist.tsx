// What is worth doing once on a rig, and what is known of it. It can be hidden; nothing waits for it.

import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { RigItem } from '../../../core/service/contract/index.ts';
import { useAsk, useKept } from '../../api/index.ts';
import styles from './Welcome.module.css';

/** `isStrip`: one line above the runs, gone when all is done. */
export function RigChecklist({ isStrip = false }: { readonly isStrip?: boolean }) {
  const { data: items } = useAsk('rig.checklist', {});
  const [isHidden, setHidden] = useKept('rig.hidden', false);
  if (!items || isHidden || (isStrip && items.every(({ done, verdict }) => done && verdict !== 'stop'))) return null;
  return (
    <section className={isStrip ? styles.strip : styles.rig} aria-label="For this rig">
      <h2 className={styles.rigTitle}>For this rig</h2>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.id} className={styles.item} data-item={item.id}>
            <span className={styles[item.done ? item.verdict : 'open']}><span aria-hidden>{mark(item)}</span> {item.name}<span className="unseen">{item.done ? ': done' : ': not yet'}</span></span>
            {!isStrip && <span className="caption">{item.text}</span>}
            {item.next.route !== '/runs' && (!isStrip || !item.done || item.verdict !== 'ok') && <Link className={styles.link} href={item.next.route} title={item.text}>{item.next.label}</Link>}
          </li>
        ))}
      </ul>
      <Button variant="subtle" onClick={() => setHidden(true)}>Hide<span className="unseen"> the checklist</span></Button>
    </section>
  );
}

function mark({ done, verdict }: RigItem): string {
  if (!done) return '○';
  return { ok: '✔', note: '✔', warn: '▲', stop: '⬣' }[verdict];
}

// An imported session whose recordings are elsewhere now: offers the place where runs of the same names are.

import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Imported, PathOffer } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import styles from './sessions.module.css';

export function OfferDialog({ imported, onDone }: { readonly imported: Imported | undefined; readonly onDone: () => void }) {
  const use = async ({ from, to }: PathOffer) => {
    const { draftId, rev, session } = imported!.draft;
    const map = Array.isArray(session.path_map) ? (session.path_map as unknown[]) : [];
    await call('session.patch', { draftId, rev, label: `${from} is ${to}`, session: { path_map: [...map, { from, to }] } }).catch((error: unknown) => notifications.show({ message: (error as Error).message, color: 'red', role: 'alert' }));
    onDone();
  };
  return (
    <Modal opened={imported !== undefined} onClose={onDone} title="The recordings are elsewhere" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.offers}>
        {imported?.offers.map((offer) => (
          <div key={`${offer.from}|${offer.to}`} className={styles.offer}>
            <p>{offer.text}</p>
            <Button onClick={() => void use(offer)}>Use {offer.runs.length === 1 ? 'it' : `those ${offer.runs.length}`}</Button>
          </div>
        ))}
        <div className={styles.row}><Button variant="default" onClick={onDone}>Keep the paths</Button></div>
      </div>
    </Modal>
  );
}

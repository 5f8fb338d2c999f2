// The first screen of an empty profile: two choices, and what is worth doing once on this rig.

import { Button } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { TryDemo } from '../../components/index.ts';
import { RigChecklist } from './RigChecklist.tsx';
import styles from './Welcome.module.css';

export function Welcome({ isAdding, onAdd }: { readonly isAdding: boolean; readonly onAdd: () => void }) {
  return (
    <div className={styles.welcome}>
      <h2>Welcome to Aftergate. What would you like first?</h2>
      <TryDemo autoFocus />
      <div className={styles.choice}>
        <Button variant="default" leftSection={<IconFolderPlus size={16} aria-hidden />} loading={isAdding} onClick={onAdd}>Add my recordings</Button>
        <span className="caption">the drive or folder SpikeGLX writes to; nothing in it is ever changed</span>
      </div>
      <RigChecklist />
    </div>
  );
}

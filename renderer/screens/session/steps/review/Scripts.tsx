// The scripts of an exported folder: the whole session in one command, or step by step, for a Unix shell and for Windows.

import { useState } from 'react';
import { useAsk } from '../../../../api/index.ts';
import { FileText } from './FileText.tsx';
import styles from './Review.module.css';

const says: Readonly<Record<string, string>> = { 'run.sh': 'the session, Linux and macOS', 'modules.sh': 'step by step, Linux and macOS', 'run.bat': 'the session, Windows', 'modules.bat': 'step by step, Windows' };

export function Scripts({ draftId }: { readonly draftId: string }) {
  const { data, error } = useAsk('session.files', { draftId }, { keep: true });
  const scripts = data?.filter(({ name }) => /\.(sh|bat)$/.test(name));
  const [wanted, setWanted] = useState('');
  const chosen = scripts?.find(({ name }) => name === wanted) ?? scripts?.[0];
  return (
    <div className={styles.json}>
      <p className="muted">Export writes these beside the JSON files. They run wherever aftergate is on the PATH.</p>
      <FileText label="Script" choices={(scripts ?? []).map(({ name }) => ({ value: name, label: says[name] ? `${name}: ${says[name]}` : name }))} chosen={chosen?.name ?? ''} onChoose={setWanted} file={chosen} error={error} />
    </div>
  );
}

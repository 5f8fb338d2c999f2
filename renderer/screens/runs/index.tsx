// Runs: everything recorded under the folders the user added.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAsk, useCommand } from '../../api/index.ts';
import { Empty, FolderDialog, Page, Problem, Waiting } from '../../components/index.ts';

export default function RunsScreen() {
  const [adding, setAdding] = useState(false);
  const { data: runs, error } = useAsk('runs.list', {});
  const add = useCommand('roots.add');
  return (
    <Page title="Runs">
      <Button onClick={() => setAdding(true)}>Add folder</Button>
      <FolderDialog opened={adding} title="Add a folder" action="Add folder" onClose={() => setAdding(false)} onChoose={(path) => { setAdding(false); add.mutate({ path }); }} />
      {error && <Problem error={error} />}
      {!runs && <Waiting what="runs" />}
      {runs?.length === 0 && <Empty>No folders yet. Add the drive SpikeGLX writes to.</Empty>}
      <ul>{runs?.map((run) => <li key={run.runId}>{run.name}</li>)}</ul>
    </Page>
  );
}

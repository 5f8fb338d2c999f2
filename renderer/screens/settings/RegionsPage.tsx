// The lab's region table.

import { useAsk, useCommand } from '../../api/index.ts';
import { Problem, RegionTable, Waiting } from '../../components/index.ts';

export function RegionsPage() {
  const { data, error } = useAsk('regions.get', {});
  const set = useCommand('regions.set');
  if (error) return <Problem error={error} />;
  if (!data) return <Waiting what="regions" />;
  return (
    <>
      <p className="muted">Refractory period and Kilosort's thresholds by brain region. Sessions take the numbers when a region is chosen and keep them: changes here touch no session made before.</p>
      {set.error && <Problem error={set.error} />}
      <RegionTable rows={data.rows} standard={data.standard} embedded="same for all" onChange={(_, rows) => set.mutate({ rows: [...rows] })} onReset={() => set.mutate({ rows: null })} />
    </>
  );
}

// Step 6 of the wizard: which sorter, with which thresholds in which region, and its options.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Finding, regionKeys, type RegionRow, type SorterChoice, type SorterId } from '../../../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../../../api/index.ts';
import { Findings, ParameterForm, Problem, RegionTable, Waiting } from '../../../../components/index.ts';
import { PasteDialog } from '../../PasteDialog.tsx';
import { Step, type StepProps } from '../../Step.tsx';
import { chosenSorter, patchSorter, sorterOfSession } from '../modules/lists.ts';
import { changedParams, patchFor, patchSections, valueAt } from '../modules/values.ts';
import { patchRegionMoved, usersOfRegions } from '../probes/specs.ts';
import { differing, rowsOfSession } from './regionsOfSession.ts';
import { SorterChoices } from './SorterChoices.tsx';
import { sorterOptions } from './sorterOptions.ts';
import styles from './SortStep.module.css';

export default function SortStep(props: StepProps) {
  const { draft, editor } = props;
  const { session } = draft;
  const sorter = sorterOfSession(session);
  const specs = useAsk('schema.modules', { sorter, runId: draft.runs[0]?.runId }, { keep: true });
  const table = useAsk('regions.get', {});
  const sorters = useAsk('sorters.list', {});
  const setRegions = useCommand('regions.set');
  const [pasting, setPasting] = useState<string>();
  const [showsAll, setShowsAll] = useKept('session.sort.all', false);
  if (specs.error ?? table.error) return <Step {...props} notation=""><Problem error={(specs.error ?? table.error)!} /></Step>;
  if (!specs.data || !table.data) return <Step {...props} notation=""><Waiting what="sorters" /></Step>;

  const chosen = chosenSorter(session, specs.data);
  const { common, others } = sorterOptions(specs.data, sorter);
  const rows = rowsOfSession(session, table.data);
  const choose = (to: SorterId | 'none') => {
    const choice = sorters.data?.find(({ id }) => id === to);
    const keys = to === 'none' ? {} : { ...regionKeys(rows, to), ...patchSections(session, choice?.places ?? {}) };
    editor.change(to === 'none' ? 'no sorting' : `sort with ${choice?.name ?? to}`, { session: { ...keys, ...patchSorter(session, specs.data, to) } });
  };
  const changeRegions = (label: string, changed: readonly RegionRow[], moved?: { readonly from: string; readonly to: string }) => {
    setRegions.mutate({ rows: [...changed] });
    editor.change(label, { session: { ...regionKeys(changed, sorter), ...(moved ? patchRegionMoved(session, moved.from, moved.to) : {}) } });
  };
  const form = { valueOf: (name: string) => valueAt(session, name), onChange: (param: { readonly name: string; readonly key: string }, value: unknown) => editor.change(`${param.key}`, { session: patchFor(session, param.name, value) }) };
  const resetRegions = () => {
    const kept = rows.filter(({ name }) => Object.hasOwn(usersOfRegions(session), name) && !table.data.standard.some((row) => row.name === name));
    setRegions.mutate({ rows: null });
    editor.change('the standard region table', { session: regionKeys([...table.data.standard, ...kept], sorter) });
  };
  const matchSigma = specs.data.modules.flatMap(({ params }) => params).find(({ name }) => name === 'spike_sorter_params.match_sigma');
  const embedded = matchSigma ? `match ${String(valueAt(session, matchSigma.name) ?? matchSigma.default)} sd` : 'same for all';
  const apart = differing(session, table.data);
  const changedOthers = changedParams(session, others).length;

  return (
    <Step {...props} fill notation={notationOf(session, chosen)}>
      <div className={styles.scroll}>
        <SorterChoices chosen={chosen} sorter={sorter} choices={sorters.data} error={sorters.error} onChoose={choose} />
        {sorters.data && chosen !== 'none' && <Findings findings={placeFindings(session, sorters.data.find(({ id }) => id === sorter)?.places ?? {})} onPatch={({ label, patch }) => patch && editor.change(label, { session: patch })} />}
        <section className={styles.section} aria-labelledby="regions-title">
          <h2 id="regions-title">Regions</h2>
          {apart.length > 0 && (
            <p className={styles.note}><span>This session has other numbers than the lab's table for {apart.join(', ')}.</span>
              <Button variant="default" onClick={() => editor.change('the lab\'s region table', { session: regionKeys(table.data.rows, sorter) })}>Use the lab's table</Button></p>
          )}
          {setRegions.error && <Problem error={setRegions.error} />}
          <RegionTable rows={rows} standard={table.data.standard} usedBy={usersOfRegions(session)} embedded={embedded} onChange={changeRegions}
            onReset={resetRegions} onScript={() => setPasting('')} />
          <PasteDialog text={pasting} draft={draft} onClose={() => setPasting(undefined)} />
          <p className="caption">Changes go into the lab's table and into this session; sessions made before keep their numbers. The refractory period is what quality metrics count violations by.{sorter === 'ag' ? ' The embedded sorter has the same thresholds everywhere.' : ''} Regions of probes are chosen in <Link href={`/session/${draft.draftId}/probes`}>Probes</Link>.</p>
        </section>
        {chosen !== 'none' && (
          <section className={styles.section} aria-labelledby="options-title">
            <h2 id="options-title">Options</h2>
            <ParameterForm params={common} plain {...form} />
            <div><Button variant="default" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>{showsAll ? 'Only the common options' : `All ${common.length + others.length} options`}{!showsAll && changedOthers > 0 ? `, ${changedOthers} changed` : ''}</Button></div>
            {showsAll && <ParameterForm params={others} {...form} />}
          </section>
        )}
      </div>
    </Step>
  );
}

/** Programs the session names elsewhere than the settings do. */
function placeFindings(session: StepProps['draft']['session'], places: SorterChoice['places']): Finding[] {
  const all = Object.entries(places).flatMap(([section, values]) => Object.entries(values).map(([key, path]) => ({ key, path, name: `${section}.${key}`, own: valueAt(session, `${section}.${key}`) ?? null })));
  return all.filter(({ own, path }) => own !== path).map(({ key, path, name, own }): Finding => ({
    id: 'tool-moved', severity: 'note', where: { step: 'sort' },
    text: `${key} is ${own === null ? 'not set' : String(own)} in this session, ${path ?? 'not set'} in the settings.`,
    next: [{ label: 'As in the settings', patch: patchFor(session, name, path ?? undefined) }],
  }));
}

function notationOf(session: StepProps['draft']['session'], chosen: SorterId | 'none'): string {
  const { ks_ver = 'ag', refPerMS_dict, ksTh_dict } = session;
  return JSON.stringify({ ks_ver, ...(chosen === 'none' ? { modules: session.modules } : {}), refPerMS_dict, ksTh_dict });
}

// Step 3 of the wizard: which probes, OneBoxes and NI of each run are used, in which region each probe is, which channels
// are left out, whether the LF band is made.

import { Button, Checkbox, Switch } from '@mantine/core';
import { useState } from 'react';
import { catgtValues, regionKeys, type RegionRow, type RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk, useCommand, useKept } from '../../../../api/index.ts';
import { Empty, FindingMark, Findings, grouped, Problem, Waiting } from '../../../../components/index.ts';
import { sorterOfSession } from '../modules/lists.ts';
import { rowsOfSession } from '../sort/regionsOfSession.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { readExclusions, withExclusions } from './exclusions.ts';
import { readDepths, withDepth, withDepthOf } from './depths.ts';
import { probeFindings } from './findings.ts';
import { FileRegions } from './FileRegions.tsx';
import { ProbePanel } from './ProbePanel.tsx';
import styles from './ProbesStep.module.css';
import { entriesOf, type Entry, probeRows, type ProbeRow, specsWithObx, specsWithProbe, specsWithRegion, specsWithRowCopied, splitOptions } from './rows.ts';
import { ProbeTable } from './ProbeTable.tsx';
import { fileEntries, filesOf, type ProbeRegion, readUse, type SpecEntry, specsOf, withRegionMoved } from './specs.ts';

export default function ProbesStep(props: StepProps) {
  const { draft, editor } = props;
  const runs = useAsk('runs.list', {});
  const table = useAsk('regions.get', {});
  const setRegions = useCommand('regions.set');
  const [apart, setApart] = useKept('session.probes.apart', false);
  const [chosen, setChosen] = useState<{ readonly run: string; readonly probe: number }>();

  const own = (runs.data ?? []).filter((run) => draft.runs.some(({ runId }) => runId === run.runId));
  const entries = entriesOf(draft.session, own);
  const specs = specsOf(draft.session);
  const regions = table.data ? rowsOfSession(draft.session, table.data) : [];
  const catgt = String(draft.effective.catGT_cmd_string ?? '');
  const exclusions = readExclusions(catgt);
  const depths = readDepths(catgt);
  const setSpecs = (label: string, run_specs: readonly SpecEntry[], more: Readonly<Record<string, unknown>> = {}) => editor.change(label, { session: { run_specs, ...more } });
  const setRegion = (group: readonly Entry[], row: ProbeRow, region: ProbeRegion) => {
    // The numbers come along, so that the session does not depend on a table that may change.
    setSpecs(typeof region === 'string' ? `imec${row.probe} in ${region}` : `shanks of imec${row.probe} in ${region.join(', ')}`, specsWithRegion(specs, group, row.probe, region), regionKeys(regions, sorterOfSession(draft.session)));
  };
  const copyRow = (group: readonly Entry[], row: ProbeRow) => {
    const rows = probeRows(group).filter(({ use }) => use !== 'none');
    setSpecs(`row of imec${row.probe} for all`, specsWithRowCopied(specs, group, rows, row), { ...regionKeys(regions, sorterOfSession(draft.session)), catGT_cmd_string: rows.reduce((text, { probe }) => withDepthOf(text, probe, depths.get(row.probe)), catgt) });
  };
  const exclude = (probe: number, channels: readonly number[]) => editor.change(`channels left out of imec${probe}`, { session: { catGT_cmd_string: withExclusions(catgt, probe, channels) } });
  const addRegion = (name: string) => {
    const rows: readonly RegionRow[] = [...regions.filter((row) => row.name !== name), { ...regions[0], name }];
    setRegions.mutate({ rows: [...rows] });
    editor.change(`add region ${name}`, { session: regionKeys(rows, sorterOfSession(draft.session)) });
  };

  const groups = apart && entries.length > 1 ? entries.map((entry) => [entry]) : [entries];
  const findings = probeFindings(draft.effective, entries, regions.map(({ name }) => name));
  const unknown = findings.filter(({ id }) => id === 'region-unknown');
  const picture = pictureOf(chosen, entries);

  const content = () => {
    if (runs.error ?? table.error) return <Problem error={(runs.error ?? table.error)!} />;
    if (!runs.data || !table.data) return <Waiting what="probes" />;
    if (draft.session.kind === 'file-list') {
      const setFile = (index: number, region: string) => editor.change(`file ${index + 1} in ${region}`, { session: {
        file_list: fileEntries(filesOf(draft.session).map((each, at) => (at === index ? { ...each, region } : each))),
        ...regionKeys(regions, sorterOfSession(draft.session)),
      } });
      return <FileRegions files={filesOf(draft.session)} regions={regions.map(({ name }) => name)} onRegion={setFile} />;
    }
    if (entries.length === 0) return <Empty>No run has been chosen yet, so there are no probes. Go to the step Runs.</Empty>;
    return (
      <div className={styles.columns}>
        <div className={styles.left}>
          {entries.length > 1 && <Switch label={`Each of the ${entries.length} runs by itself`} checked={apart} onChange={(event) => setApart(event.currentTarget.checked)} />}
          {groups.map((group) => (
            <ProbeTable key={group.map(({ index }) => index).join()} title={group.length === 1 ? readUse(group[0].entry).run : `All ${group.length} runs`}
              rows={probeRows(group)} regions={regions.map(({ name }) => name)} exclusions={exclusions}
              picked={picture && group.some(({ run }) => run?.runId === picture.run.runId) ? picture.probe : undefined}
              onUse={(row, isUsed) => setSpecs(`${isUsed ? 'use' : 'leave out'} imec${row.probe}`, specsWithProbe(specs, group, row.probe, isUsed, row.region ?? 'default'))}
              onRegion={(row, region) => setRegion(group, row, region)}
              splitting={draft.session.kind === 'split-shanks' ? 'all' : draft.session.kind === 'super-run' && draft.effective.run_CatGT !== false ? 'none' : 'each'}
              onCopy={(row) => copyRow(group, row)}
              onPick={(row) => row.run && setChosen({ run: row.run.runId, probe: row.probe })} />
          ))}
          <OtherStreams props={props} entries={entries} onSpecs={setSpecs} specs={specs} />
          {unknown.length > 0 && (
            <ul className={styles.unknown}>
              {[...new Set(unknown.map(({ where }) => where.line!))].map((name) => (
                <li key={name}><FindingMark severity="stop" /> <span>"{name}" is not in the region table.</span>
                  <Button variant="default" onClick={() => addRegion(name)}>Add it</Button>
                  <Button variant="default" onClick={() => setSpecs(`${name} becomes default`, specs.map((entry) => withRegionMoved(entry, name, 'default')))}>Use default</Button>
                </li>
              ))}
            </ul>
          )}
          <Findings findings={findings.filter(({ id }) => id !== 'region-unknown')} />
        </div>
        {picture && <ProbePanel key={`${picture.run.runId}-${picture.probe}`} run={picture.run} probe={picture.probe} excluded={exclusions.get(picture.probe) ?? []} onExclude={(channels) => exclude(picture.probe, channels)}
          depth={depths.get(picture.probe)} onDepth={(um) => editor.change(`imec${picture.probe} in brain up to ${um ?? 'all'} um`, { session: { catGT_cmd_string: withDepth(catgt, picture.probe, um) } })} />}
      </div>
    );
  };
  return <Step {...props} fill notation={notationOf(entries, catgt, draft.effective)}>{content()}</Step>;
}

/** The probe that was picked, else the first that is used. */
function pictureOf(chosen: { readonly run: string; readonly probe: number } | undefined, entries: readonly Entry[]): { readonly run: RunSummary; readonly probe: number } | undefined {
  const picked = entries.find(({ run }) => run?.runId === chosen?.run)?.run;
  if (picked && chosen) return { run: picked, probe: chosen.probe };
  const first = entries.find(({ run }) => run && run.probes.length > 0)?.run;
  return first && { run: first, probe: first.probes[0].index };
}

function OtherStreams({ props: { draft, editor }, entries, specs, onSpecs }: { readonly props: StepProps; readonly entries: readonly Entry[]; readonly specs: readonly SpecEntry[]; readonly onSpecs: (label: string, specs: readonly SpecEntry[]) => void }) {
  const runs = entries.flatMap(({ run }) => run ?? []);
  const ni = runs.find((run) => run.ni)?.streams.find(({ kind }) => kind === 'nidq');
  const boxes = [...new Set([...runs.flatMap((run) => run.obx), ...entries.flatMap(({ entry }) => readUse(entry).obx)])].sort((a, b) => a - b);
  return (
    <fieldset className={styles.others}>
      <legend>Besides probes</legend>
      {ni
        ? <Checkbox label={`NI, ${grouped(ni.rate_Hz)} Hz, ${ni.channels} words`} checked={draft.session.ni_present !== false} onChange={(event) => editor.change(event.currentTarget.checked ? 'use NI' : 'leave out NI', { session: { ni_present: event.currentTarget.checked ? null : false } })} />
        : <span className="hint">No NI in these runs.</span>}
      {boxes.map((box) => {
        const stream = runs.flatMap((run) => run.streams).find(({ kind, index }) => kind === 'obx' && index === box);
        const having = entries.filter(({ run }) => run?.obx.includes(box)).length;
        const using = draft.session.obx_present === false ? 0 : entries.filter(({ entry }) => readUse(entry).obx.includes(box)).length;
        return <Checkbox key={box} label={`OneBox ${box}${stream ? `, ${grouped(stream.rate_Hz)} Hz` : ', not in these runs'}`} checked={using > 0} indeterminate={using > 0 && using < having}
          onChange={(event) => {
            const isUsed = event.currentTarget.checked;
            if (draft.session.obx_present === false && isUsed) editor.change('use OneBoxes', { session: { obx_present: null } });
            onSpecs(`${isUsed ? 'use' : 'leave out'} OneBox ${box}`, specsWithObx(specs, entries, box, isUsed));
          }} />;
      })}
      {boxes.length === 0 && <span className="hint">No OneBox in these runs.</span>}
      <Checkbox {...lfWords(entries)} checked={draft.session.process_lf === true} onChange={(event) => editor.change(event.currentTarget.checked ? 'make LF' : 'no LF', { session: { process_lf: event.currentTarget.checked ? true : null } })} />
    </fieldset>
  );
}

/** CatGT makes the band of all probes or of none: filtered where there are LF files, else from AP. */
function lfWords(entries: readonly Entry[]): { readonly label: string; readonly description: string } {
  const used = entries.flatMap(({ entry, run }) => (run ? readUse(entry).probes.filter(({ probe }) => run.probes.some(({ index }) => index === probe)).map(({ probe }) => ({ probe, hasLf: run.streams.some(({ key }) => key === `imec${probe}.lf`) })) : []));
  const names = (hasLf: boolean) => [...new Set(used.filter((each) => each.hasLf === hasLf).map(({ probe }) => `imec${probe}`))].join(', ');
  if (names(false) === '') return { label: 'Make the LF band too, 2,500 Hz', description: 'LF files are filtered and joined like AP.' };
  return { label: `Make LF of ${names(false)}, 2,500 Hz`, description: `From AP, with the low-pass of Preprocess (-lffilter).${names(true) === '' ? '' : ` The LF files of ${names(true)} are filtered and joined too.`}` };
}

function notationOf(entries: readonly Entry[], catgt: string, session: StepProps['draft']['session']): string {
  const uses = entries.map(({ entry }) => readUse(entry));
  const lists = uses.map(({ run, probes: list }) => ({ run, text: list.length === 0 ? 'no probe' : `-prb=${list.map(({ probe }) => probe).join(',')}` }));
  const probes = new Set(lists.map(({ text }) => text)).size > 1 ? lists.map(({ run, text }) => `${text} (${run})`) : lists.slice(0, 1).map(({ text }) => text);
  const boxes = session.obx_present === false ? [] : [...new Set(uses.flatMap(({ obx }) => obx))];
  const ofOptions = ['chnexcl', 'maxZ'].flatMap((name) => catgtValues(catgt, name).map((value) => `-${name}=${value}`));
  return [
    '-ap', session.process_lf === true ? '-lf' : '', session.ni_present !== false && entries.some(({ run }) => run?.ni) ? '-ni' : '',
    boxes.length > 0 ? `-ob -obx=${boxes.join(',')}` : '', ...probes, ...splitOptions(entries, session.kind === 'split-shanks'), ...ofOptions,
  ].filter(Boolean).join(' ');
}

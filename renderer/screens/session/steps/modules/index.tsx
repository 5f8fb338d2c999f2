// Step 7 of the wizard: which modules run, in their order, and every parameter of them from its record.

import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ModuleSpec } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { counted, Empty, ParameterForm, Problem, useViewState, Waiting } from '../../../../components/index.ts';
import { Step, type StepProps } from '../../Step.tsx';
import { sorterOfSession } from './lists.ts';
import { ModuleList } from './ModuleList.tsx';
import styles from './ModulesStep.module.css';
import { changedParams, patchFor, searched, valueAt } from './values.ts';

const initial = { module: 'quality_metrics', search: '', changed: '' };

export default function ModulesStep(props: StepProps) {
  const { draft, editor } = props;
  const { session } = draft;
  const [view, setView] = useViewState(initial);
  const { data: specs, error } = useAsk('schema.modules', { sorter: sorterOfSession(session), runId: draft.runs[0]?.runId }, { keep: true });
  if (error) return <Step {...props} notation=""><Problem error={error} /></Step>;
  if (!specs) return <Step {...props} notation=""><Waiting what="modules" /></Step>;

  const isSearch = view.search.trim() !== '' || view.changed !== '';
  const chosen = specs.modules.find(({ name }) => name === view.module) ?? specs.modules[1];
  const shown = (isSearch ? specs.modules : [chosen])
    .map((module) => ({ ...module, params: searched(view.changed ? changedParams(session, module.params) : module.params, view.search) }))
    .filter(({ params }) => params.length > 0);
  const found = shown.reduce((sum, { params }) => sum + params.length, 0);

  const form = (module: ModuleSpec) => (
    <ParameterForm params={module.params} valueOf={(name) => valueAt(session, name)}
      setValueOf={({ setBy }) => (setBy ? simple(draft.effective[setBy.text]) : undefined)}
      routeOf={(step) => `/session/${draft.draftId}/${step}`}
      onChange={(param, value) => editor.change(value === undefined ? `reset ${param.key}` : param.key, { session: patchFor(session, param.name, value) })} />
  );
  return (
    <Step {...props} fill notation={notationOf(session, specs.modules)}>
      <div className={styles.columns}>
        <ModuleList props={props} specs={specs} chosen={isSearch ? undefined : chosen.name} onChoose={(module) => setView({ module, search: '', changed: '' })} />
        <div className={styles.right}>
          <div className={styles.search}>
            <TextInput type="search" aria-label="Search parameters of all modules" placeholder="Search names, help and units of all modules" leftSection={<IconSearch size={16} aria-hidden />} value={view.search} onChange={(event) => setView({ search: event.currentTarget.value })} />
            <Checkbox label="Changed only" checked={view.changed !== ''} onChange={(event) => setView({ changed: event.currentTarget.checked ? '1' : '' })} />
            {isSearch && <span className="caption" role="status">{counted(found, 'parameter')}</span>}
          </div>
          <div className={styles.form}>
            {shown.length === 0 && <Empty>{view.changed ? 'No parameter has been changed.' : `No parameter speaks of "${view.search}".`}</Empty>}
            {shown.map((module) => (
              <section key={module.name} aria-label={module.name}>
                <h2>{module.name}</h2>
                <p className="caption">{module.summary}</p>
                {form(module)}
              </section>
            ))}
          </div>
        </div>
      </div>
    </Step>
  );
}

/** Values worth showing beside the name of a key. */
function simple(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** The list of modules, and what differs from the defaults. */
function notationOf(session: StepProps['draft']['session'], modules: readonly ModuleSpec[]): string {
  const sections = new Set(modules.flatMap(({ params }) => params.map(({ name }) => name.split('.')[0])));
  return JSON.stringify(Object.fromEntries(Object.entries(session).filter(([key]) => ['modules', 'run_CatGT', 'runTPrime'].includes(key) || sections.has(key))));
}

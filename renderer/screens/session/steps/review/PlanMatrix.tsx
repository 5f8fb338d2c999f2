// Runs and probes against modules: how long each step takes, and which are done already.

import { duration } from '../../../../components/index.ts';
import type { PlannedModuleRun, SessionPlan } from '../../../../../core/service/contract/index.ts';
import { matrixOf, moduleTitles } from './matrix.ts';
import styles from './Review.module.css';

const words: Readonly<Record<PlannedModuleRun['state'], string>> = { new: 'new', valid: 'still valid, skipped', changed: 'changed, done again' };

export function PlanMatrix({ plan }: { readonly plan: SessionPlan }) {
  const { modules, rows } = matrixOf(plan.steps);
  return (
    <div className={styles.matrix} tabIndex={0} role="region" aria-label="Plan by run, probe and module">
      <table>
        <thead><tr><th scope="col">Run and probe</th>{modules.map((module) => <th key={module} scope="col" title={module}>{moduleTitles[module] ?? module}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ key, name, isRun, cells }) => (
            <tr key={key} data-run={isRun || undefined}>
              <th scope="row">{name}</th>
              {modules.map((module) => <td key={module}><Cell step={cells.get(module)} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ step }: { readonly step: PlannedModuleRun | undefined }) {
  if (!step) return null;
  const time = rough(step.est_s);
  return (
    <span title={`${step.module}: ${time}, ${words[step.state]}`}>
      {step.state === 'valid' ? <span className={styles.valid}>» valid</span> : <>{step.state === 'changed' && <span className={styles.changed}>▲ </span>}{time}</>}
      <span className="unseen">, {words[step.state]}</span>
    </span>
  );
}

/** Estimates do not deserve seconds once they reach minutes. */
export function rough(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return duration(seconds);
}

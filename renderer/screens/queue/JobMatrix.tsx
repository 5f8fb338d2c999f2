// The steps of a job as a grid: walked with the arrow keys, Enter goes to the panel of the step.

import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { QueueStep } from '../../../core/service/contract/index.ts';
import { duration, Mark } from '../../components/index.ts';
import type { Matrix, MatrixRow } from './matrix.ts';
import { neighbour } from './matrix.ts';
import styles from './JobMatrix.module.css';
import { percent, stateWords } from './words.ts';

interface JobMatrixProps {
  readonly name: string;
  readonly matrix: Matrix;
  /** The step the panel is about. */
  readonly active: string | null;
  readonly onActive: (stepId: string) => void;
  readonly onOpen: () => void;
}

export function JobMatrix({ name, matrix, active, onActive, onOpen }: JobMatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const first = matrix.rows.flatMap(({ cells }) => cells).find((cell) => cell)?.stepId ?? null;
  const stop = matrix.rows.some(({ cells }) => cells.some((cell) => cell?.stepId === active)) ? active : first;
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [active]);

  const walk = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || stop === null) return;
    const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const arrow = arrows[event.key];
    if (arrow) {
      event.preventDefault();
      const next = neighbour(matrix, stop, ...arrow);
      if (next === null || next === active) return;
      moved.current = true;
      onActive(next);
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      onActive(stop);
      onOpen();
    }
  };

  return (
    <table ref={table} className={styles.matrix} role="grid" aria-label={`Steps of ${name}`} onKeyDown={walk}>
      <thead>
        <tr><th scope="col">run, probe</th>{matrix.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
      </thead>
      <tbody>
        {matrix.rows.map((row) => {
          const here = row.cells.some((cell) => cell?.stepId === stop) ? stop : null;
          return <Row key={row.key} row={row} columns={matrix.columns} stop={here} active={here === active ? active : null} onActive={onActive} />;
        })}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: MatrixRow;
  readonly columns: readonly string[];
  readonly stop: string | null;
  readonly active: string | null;
  readonly onActive: (stepId: string) => void;
}

const Row = memo(function Row({ row, columns, stop, active, onActive }: RowProps) {
  return (
    <>
      <tr data-run={row.isRun || undefined}>
        <th scope="row">{row.label}</th>
        {row.cells.map((cell, index) => (cell
          ? (
            <td key={columns[index]} role="gridcell" tabIndex={cell.stepId === stop ? 0 : -1} aria-selected={cell.stepId === active} data-step={cell.stepId} data-state={cell.state} onClick={() => onActive(cell.stepId)}>
              <span className="unseen">{columns[index]} {row.label}: </span><Mark name={cell.state} word={stateWords[cell.state]} short /> <span className={styles.figure}>{figure(cell)}</span>
            </td>
          )
          : <td key={columns[index]} role="gridcell" className={styles.none} />))}
      </tr>
      {row.message && (
        <tr className={styles.message}>
          <td role="gridcell" colSpan={columns.length + 1}><span className={styles.failed}>{row.message}</span>{row.next && <span className="muted"> {row.next}</span>}</td>
        </tr>
      )}
    </>
  );
});

function figure({ state, fraction, took_s }: QueueStep): string {
  if (state === 'running') return percent(fraction);
  return state === 'done' && took_s !== null ? duration(took_s) : '';
}

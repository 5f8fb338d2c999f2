// The steps of a job as a grid: walked with the arrow keys, Enter goes to the panel of the step. Rows outside the view are
// not drawn, but for the one the keys are at: a job may have 200 runs.

import { Button } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEvent, type RefCallback, useEffect, useRef } from 'react';
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
  /** Does what is missing again; undefined while the job is at work. */
  readonly onRetry?: () => void;
}

export function JobMatrix({ name, matrix, active, onActive, onOpen, onRetry }: JobMatrixProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const first = matrix.rows.flatMap(({ cells }) => cells).find((cell) => cell)?.stepId ?? null;
  const { rows, columns } = matrix;
  const rowOf = (stepId: string | null) => rows.findIndex(({ cells }) => cells.some((cell) => cell && cell.stepId === stepId));
  const stop = rowOf(active) >= 0 ? active : first;
  const stopRow = rowOf(stop);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, overscan: 12, getItemKey: (index) => rows[index].key,
    estimateSize: (index) => rowHeight * (rows[index].message ? 2 : 1),
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...(stopRow >= 0 ? [stopRow] : [])])].sort((a, b) => a - b),
  });
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [active]);

  const walk = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || stop === null || (event.target as HTMLElement).closest('button')) return;
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

  let drawn = 0;
  return (
    <div ref={scroller} className={styles.scroll}>
      <table className={styles.matrix} role="grid" aria-label={`Steps of ${name}`} aria-rowcount={rows.length + 1} onKeyDown={walk}>
        <thead>
          <tr aria-rowindex={1}><th scope="col" style={{ minWidth: `${Math.max(...rows.map(({ label }) => label.length), 10)}ch` }}>run, probe</th>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        {virtual.getVirtualItems().map(({ index, key, start, end }) => {
          const gap = start - drawn;
          drawn = end;
          return (
            <Fragment key={key}>
              {gap > 0 && <Gap height={gap} columns={columns.length + 1} />}
              <Row row={rows[index]} index={index} columns={columns} stop={index === stopRow ? stop : null} active={active} onActive={onActive} onRetry={onRetry} onLog={(step) => { onActive(step); onOpen(); }} measure={virtual.measureElement} />
            </Fragment>
          );
        })}
        {virtual.getTotalSize() > drawn && <Gap height={virtual.getTotalSize() - drawn} columns={columns.length + 1} />}
      </table>
    </div>
  );
}

/** Until a row is measured, px. */
const rowHeight = 28;

/** In place of the rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return <tbody aria-hidden><tr><td colSpan={columns} className={styles.gap} style={{ height }} /></tr></tbody>;
}

interface RowProps {
  readonly row: MatrixRow;
  readonly index: number;
  readonly columns: readonly string[];
  readonly stop: string | null;
  readonly active: string | null;
  readonly onActive: (stepId: string) => void;
  readonly onRetry?: () => void;
  readonly onLog: (stepId: string) => void;
  readonly measure: RefCallback<HTMLElement>;
}

function Row({ row, index, columns, stop, active, onActive, onRetry, onLog, measure }: RowProps) {
  return (
    <tbody ref={measure} data-index={index}>
      <tr data-run={row.isRun || undefined} aria-rowindex={index + 2}>
        <th scope="row">{row.label}</th>
        {row.cells.map((cell, at) => (cell
          ? (
            <td key={columns[at]} role="gridcell" tabIndex={cell.stepId === stop ? 0 : -1} aria-selected={cell.stepId === active} data-step={cell.stepId} data-state={cell.state} onClick={() => onActive(cell.stepId)}>
              <span className="unseen">{columns[at]} {row.label}: </span><Mark name={cell.state} word={stateWords[cell.state]} short /> <span className={styles.figure}>{figure(cell)}</span>
            </td>
          )
          : <td key={columns[at]} role="gridcell" className={styles.none} />))}
      </tr>
      {row.message && (
        <tr className={styles.message}>
          <td role="gridcell" colSpan={columns.length + 1}><span className={styles.failed}>{row.message}</span>{row.next && <span className="muted"> {row.next}</span>}{' '}
            {onRetry && <Button variant="subtle" size="compact-sm" onClick={onRetry}>Retry</Button>}
            {row.failed !== null && <Button variant="subtle" size="compact-sm" aria-label={`Log of ${row.label}`} onClick={() => onLog(row.failed!)}>Log</Button>}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function figure({ state, fraction, took_s }: QueueStep): string {
  if (state === 'running') return percent(fraction);
  return state === 'done' && took_s !== null ? duration(took_s) : '';
}

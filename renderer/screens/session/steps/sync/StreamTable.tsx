// Streams with their sync edges: a row each, verdict in words.

import type { SyncStreamVerdict, SyncSurvey } from '../../../../../core/service/contract/index.ts';
import { counted, duration, grouped, Mark, significant } from '../../../../components/index.ts';
import { syncName } from './events.ts';
import styles from './SyncStep.module.css';

export function StreamTable({ survey, reference }: { readonly survey: SyncSurvey; readonly reference: string | undefined }) {
  const hasRuns = survey.runs.length > 1;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Streams and their sync edges">
      <table className={styles.table}>
        <thead>
          <tr>
            {hasRuns && <th scope="col">Run</th>}
            <th scope="col">Stream</th><th scope="col" data-number>read</th><th scope="col" data-number>edges</th><th scope="col" data-number>missing</th><th scope="col" data-number>extra</th>
            <th scope="col">period, min to max, s</th><th scope="col">rate vs {reference ? syncName(reference) : 'reference'}</th><th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>
          {survey.runs.flatMap(({ runId, run, streams }) => streams.map((stream) => (
            <tr key={`${runId} ${stream.stream}`}>
              {hasRuns && <td>{run}</td>}
              <th scope="row">{syncName(stream.stream)}</th>
              <td data-number>{stream.whole ? `all, ${duration(stream.read_s)}` : duration(stream.read_s)}</td>
              <td data-number>{grouped(stream.edges)}</td>
              <td data-number>{stream.missing.length}</td>
              <td data-number>{stream.extra.length}</td>
              <td>{stream.period_s ? `${stream.period_s.min.toFixed(5)} - ${stream.period_s.max.toFixed(5)}` : '·'}</td>
              <td>{rateOf(stream, reference)}</td>
              <td className={styles.words}><Mark name={stream.verdict === 'ok' ? 'ok' : stream.verdict} short={stream.verdict === 'ok'} word={stream.words} /><Moments stream={stream} /></td>
            </tr>
          )))}
        </tbody>
      </table>
    </div>
  );
}

function rateOf({ stream, ppm, edges }: SyncStreamVerdict, reference: string | undefined): string {
  if (stream === reference) return 'reference';
  if (ppm === null) return edges < 3 ? 'too few edges' : '·';
  return `${ppm >= 0 ? '+' : ''}${significant(ppm)} ppm`;
}

/** Moments listed at most. */
const MOST = 50;

/** Where edges are missing or extra, when there are several. */
function Moments({ stream: { missing, extra } }: { readonly stream: SyncStreamVerdict }) {
  const all = [...missing.map((moment) => ({ ...moment, what: 'missing' })), ...extra.map((moment) => ({ ...moment, what: 'extra' }))];
  if (all.length < 2) return null;
  return (
    <details>
      <summary>{counted(all.length, 'moment')}</summary>
      {all.slice(0, MOST).map(({ what, gate, trigger, at_s }) => <div key={`${what} ${gate} ${trigger} ${at_s}`}>{what}: g{gate} t{trigger} at {at_s.toFixed(3)} s</div>)}
      {all.length > MOST && <div className="muted">and {counted(all.length - MOST, 'more', 'more')}</div>}
    </details>
  );
}

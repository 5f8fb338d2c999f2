// What is wrong or doubtful about the sync of a session.

import type { Finding, FindingAction, SessionContent, Severity, SyncSurvey } from '../../../../../core/service/contract/index.ts';
import { significant } from '../../../../components/format.ts';
import { streamOfName, syncName } from './events.ts';

/** Periods that differ by less are the same. */
const SAME = 0.02;

/** @param checked what preflight says of the session from its metas: said here too, unless the edges themselves say it */
export function syncFindings(session: SessionContent, survey: SyncSurvey | undefined, checked: readonly Finding[]): Finding[] {
  if (session.runTPrime === false) return [];
  const measured = [...periodFindings(session, survey), ...edgeFindings(session, survey)];
  const further = checked.filter(({ id, where }) => (where.step === 'sync' || id === 'zerofill-tprime') && !measured.some((each) => each.id === id));
  return [...measured, ...further.map((each) => ({ ...each, next: each.next.filter(({ route }) => !route?.endsWith('/sync')) }))];
}

function edgeFindings(session: SessionContent, survey: SyncSurvey | undefined): Finding[] {
  const reference = streamOfName(String(session.toStream_sync_params ?? 'imec0'));
  return (survey?.runs ?? []).filter(({ streams }) => streams.length > 1).flatMap(({ runId, run, streams }) =>
    streams.filter(({ edges }) => edges === 0).map(({ stream, any_period_s, meta_period_s }) => finding('sync-missing', 'stop',
      any_period_s !== null && meta_period_s !== null && !isSame(any_period_s, meta_period_s)
        ? `${syncName(stream)} of ${run} has edges every ${any_period_s.toFixed(3)} s, but its meta says ${significant(meta_period_s)} s, and CatGT takes only pulses of half that length. Correct syncSourcePeriod in the meta.`
        : `${syncName(stream)} has no sync edges in ${run}. ${stream.startsWith('imec') ? 'Spikes of this probe' : 'Events of this stream'} cannot be aligned. Check the SMA cable, or take it out of sync.`,
      { runId, run, stream }, stream === reference ? otherReference(streams) : [])));
}

function otherReference(streams: SyncSurvey['runs'][number]['streams']): FindingAction[] {
  const other = streams.find(({ edges }) => edges > 0);
  return other ? [{ label: `Align to ${syncName(other.stream)}`, patch: { toStream_sync_params: syncName(other.stream) } }] : [];
}

/** The session's period against what the edges say; the meta is named where it is what the session has. */
function periodFindings(session: SessionContent, survey: SyncSurvey | undefined): Finding[] {
  const set = Number(session.sync_period ?? 1);
  const measured = measuredPeriod(survey);
  if (measured === null || isSame(measured, set)) return [];
  const nominal = nominalPeriod(measured);
  const byMeta = survey?.runs.some(({ streams }) => streams.some(({ meta_period_s }) => meta_period_s !== null && isSame(meta_period_s, set)));
  return [finding('sync-period', 'warn', `Edges come every ${measured.toFixed(3)} s but ${byMeta ? 'the meta says' : 'the period is set to'} ${significant(set)} s.`, {}, [{ label: `Use ${nominal} s`, patch: { sync_period: nominal } }])];
}

/** Median over the streams that have edges; null before the survey and without edges. */
export function measuredPeriod(survey: SyncSurvey | undefined): number | null {
  const periods = (survey?.runs ?? []).flatMap(({ streams }) => streams.map(({ period_s, any_period_s }) => period_s?.median ?? any_period_s)).filter((period) => period !== null).sort((a, b) => a - b);
  return periods.length === 0 ? null : periods[periods.length >> 1];
}

/** 0.999998 -> 1: pulse generators are set to round numbers. */
export function nominalPeriod(measured_s: number): number {
  return Number(measured_s.toPrecision(3));
}

const isSame = (a: number, b: number) => Math.abs(a - b) <= SAME * Math.max(a, b);

function finding(id: string, severity: Severity, text: string, where: Omit<Finding['where'], 'step'>, next: readonly FindingAction[]): Finding {
  return { id, severity, text, where: { ...where, step: 'sync' }, next };
}

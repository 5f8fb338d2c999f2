// What is noticed about the way a run's chosen files join, on the bars it concerns.

import type { Finding, RunDetails, TimelineFile, TimelineRow } from '../contract/index.ts';
import { gapFinding } from './findings.ts';
import { startsBeyond, type TimelineOptions } from './timeline.ts';
import { span, trialText } from './words.ts';

/** Findings of the run's clocks say more than what the arithmetic makes of such files. */
const clockFindings = ['unrelated-clocks', 'still-writing'];

export function timelineFindings(run: RunDetails, rows: readonly TimelineRow[], options: TimelineOptions): Finding[] {
  const at = { runId: run.summary.runId, run: run.summary.name };
  const said = new Map<string, Finding>();
  const unrelated = run.summary.findings.filter(({ id }) => clockFindings.includes(id) && (id !== 'unrelated-clocks' || joinsFiles(rows)));
  for (const row of rows) {
    row.files.forEach((file, index) => {
      const where = { ...at, gate: file.gate, trigger: file.trigger, stream: row.stream };
      const before = row.files.slice(0, index).findLast((other) => other.output === file.output && other.used_smp > 0);
      for (const finding of ofFile(run, row, file, before, options, where)) {
        const key = finding.id === 'start-beyond' ? `${finding.id} ${file.output}` : finding.id === 'trigger-missing' ? `${finding.id} ${row.stream} ${index}` : `${finding.id} ${index}`;
        if (!said.has(key)) said.set(key, finding);
      }
    });
  }
  const isUnrelated = unrelated.some(({ id }) => id === 'unrelated-clocks');
  return [...unrelated, ...[...said.values()].filter(({ id }) => !(isUnrelated && id === 'tiny-content'))];
}

/** Files that are not joined may have whatever clocks. */
function joinsFiles(rows: readonly TimelineRow[]): boolean {
  return rows.some(({ files }) => files.some((file, index) => file.output !== null && files.slice(0, index).some((other) => other.output === file.output)));
}

function ofFile(run: RunDetails, row: TimelineRow, file: TimelineFile, before: TimelineFile | undefined, options: TimelineOptions, where: Finding['where']): Finding[] {
  const { stream, rate_Hz } = row;
  const here = trialText(file.gate, file.trigger);
  const from = before ? trialText(before.gate, before.trigger) : '';
  switch (file.outcome) {
    case 'trim':
      return [{ id: 'overlap-trimmed', severity: 'note', text: `${here} starts ${span(file.olap_smp / rate_Hz)} before ${from} ends. The repeated part is used once.`, where, next: [] }];
    case 'drop':
      return [{ id: 'tiny-content', severity: 'stop', text: `${here} lies wholly inside time already covered and would be dropped. Its clock belongs to another run: join such files as a super-run, or process them one by one.`, where, next: [] }];
    case 'fill': {
      const gap = file.gap_smp / rate_Hz;
      if (file.fill_smp === file.gap_smp) return [gapFinding(from, here, gap, run.summary.streams.map(({ key, channels, rate_Hz: rate }) => ({ label: key, content: { columns: channels, rate } })), where)];
      const kept = file.fill_smp === 0 ? 'The gap is closed' : `Only ${span(file.fill_smp / rate_Hz)} of it are filled`;
      return [{ id: 'gap-cut', severity: 'note', text: `Between ${from} and ${here} there are ${span(gap)} that were not recorded. ${kept}, so later times in the file are no longer real time.`, where, next: [] }];
    }
    case 'missing':
      if (file.output === null) return [];
      return options.mayMiss
        ? [{ id: 'trigger-missing', severity: 'note', text: `${here} of ${stream} is not on disk. It is stepped over and its time is filled.`, where, next: [] }]
        : [{ id: 'trigger-missing', severity: 'stop', text: `${here} of ${stream} is not on disk. Leave it out of the range, or let missing files be filled.`, where, next: [] }];
    case 'stop': {
      const isFirst = !row.files.slice(0, row.files.indexOf(file)).some((other) => other.output === file.output && other.outcome !== 'missing');
      const length = file.samples_smp - file.trim_smp;
      if (!isFirst || !startsBeyond(length, rate_Hz, options)) return [];
      return [{ id: 'start-beyond', severity: 'stop', text: `The start of ${span(options.startsecs_s!)} lies beyond the end of ${here}, which lasts ${span(length / rate_Hz)}. Start earlier, or leave that file out.`, where, next: [] }];
    }
    default:
      return [];
  }
}

// Whether times can be aligned: sync lines, their period, the stream all others are told in; and what cuts gaps out of
// file time. And the mistake of filtering that the field makes most.

import { catgtValues, withCatgtOption, withPhysicalProbe } from '../../notation/index.ts';
import { metaNumber, metaText } from '../../spikeglx/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import type { RunCheck } from './checkFiles.ts';
import { type PreflightFinding, stop, warn } from './finding.ts';
import { filesOf } from './recorded.ts';
import type { StreamPlan } from './streamPlans.ts';
import { threeDigits } from './words.ts';

/** Of the session as a whole. */
export function checkOptions(session: MultiRunSession): PreflightFinding[] {
  const findings: PreflightFinding[] = [];
  const text = session.catGT_cmd_string;
  const cap = catgtValues(text, 'zerofillmax').at(0);
  if (session.run_CatGT && session.runTPrime && cap !== undefined) {
    const how = Number(cap) === 0 ? 'Gaps are left out' : `Gaps are cut to ${cap} ms`;
    findings.push(warn('zerofill-tprime', `${how}, so file time is no longer real time. TPrime will be given the offsets file; other tools must be given it too.`, { step: 'gates' }, {
      next: [{ label: 'Keep true time', patch: { catGT_cmd_string: withCatgtOption(text, 'zerofillmax', null) } }],
    }));
  }
  if (session.run_CatGT && !['None', 'none'].includes(session.car_mode) && !hasHighPass(catgtValues(text, 'apfilter').at(0))) {
    findings.push(warn('car-no-highpass', 'CAR without a high-pass filter mixes offsets between channels.', { step: 'preprocess' }, {
      next: [{ label: 'Use butter,12,300,10000', patch: { catGT_cmd_string: withCatgtOption(text, 'apfilter', 'butter,12,300,10000') } }],
    }));
  }
  return findings;
}

/** `butter,12,300,10000`: type, order, high-pass corner, low-pass corner. */
function hasHighPass(filter: string | undefined): boolean {
  return Number(filter?.split(',')[2] ?? 0) > 0;
}

/** Of a run: matters as soon as two devices have clocks of their own. */
export function checkClocks(check: RunCheck, plans: readonly StreamPlan[]): PreflightFinding[] {
  const { session, run } = check;
  if (!session.runTPrime) return [];
  const devices = run.devices.filter((device) => filesOf(run, device).some(({ meta }) => meta));
  const place = { run: run.spec.run, gate: run.spec.gates[0] };
  const findings: PreflightFinding[] = [];
  if (!devices.some(({ label }) => label === withPhysicalProbe(session.toStream_sync_params.trim())) && devices.length > 0) {
    const other = devices.find(({ kind }) => kind === 'imec') ?? devices[0];
    findings.push(stop('sync-reference', `All times are to be told in the clock of ${session.toStream_sync_params}, which ${run.spec.run} does not have.`, { ...place, step: 'sync' }, {
      next: [{ label: `Use ${other.label}`, patch: { toStream_sync_params: other.label } }, { label: 'Go to Sync', step: 'sync' }],
    }));
  }
  if (devices.length < 2) return findings;
  for (const device of devices) {
    const { meta } = filesOf(run, device).find((file) => file.meta)!;
    const where = { ...place, stream: device.label, probe: device.kind === 'imec' ? device.index : undefined, step: 'sync' as const };
    const reason = metaText(meta!, 'syncSourceIdx') === '0' ? 'its meta says that sync is off' : noEdges(plans, device.kind);
    if (reason !== undefined) {
      findings.push(stop('sync-missing', `${device.label} has no sync edges in ${run.spec.run}: ${reason}. ${device.kind === 'imec' ? 'Spikes' : 'Events'} of it cannot be aligned.`, where, {
        next: [{ label: 'Do not align', patch: { runTPrime: false } }, { label: 'Go to Sync', step: 'sync' }],
      }));
    }
    const period = metaNumber(meta!, 'syncSourcePeriod');
    if (period !== undefined && period > 0 && Math.abs(period / session.sync_period - 1) > 1e-3) {
      findings.push(warn('sync-period', `The session says that sync edges come every ${threeDigits(session.sync_period)} s, but the meta of ${device.label} says ${threeDigits(period)} s.`, where, {
        next: [{ label: `Use ${threeDigits(period)} s`, patch: { sync_period: period } }],
      }));
      break; // one clock gives the pulses to all
    }
  }
  return findings;
}

/** Why the engine extracts no edges from NI, if so: "its sync line was not saved". */
function noEdges(plans: readonly StreamPlan[], kind: 'imec' | 'ni' | 'obx'): string | undefined {
  if (kind !== 'ni') return undefined;
  const plan = plans.find(({ stream }) => stream.kind === 'nidq');
  const warning = plan?.warnings.find((line) => line.startsWith('No sync edges'));
  return warning?.replace(/^[^:]*: /, '').replace(/\.$/, '');
}

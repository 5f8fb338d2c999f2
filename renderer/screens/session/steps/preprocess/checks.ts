// What is wrong or doubtful about the chain of a session, said where it is set.

import type { Finding, FindingAction, GfixScan, Severity } from '../../../../../core/service/contract/index.ts';
import { significant } from '../../../../components/format.ts';
import { type Chain, type Filter, filterText, patchChain, usualFilter } from './chain.ts';

export interface ChainFacts {
  /** Of the stream in the preview. */
  readonly rate_Hz: number | null;
  readonly hasMicrons: boolean;
  /** Of a scan with the thresholds as they are. */
  readonly scan: GfixScan | null;
}

/** The smallest inner radius the engine takes. */
const LEAST_RADIUS_UM = 10;
/** More replaced than this is no artefact any more. */
const OFTEN_PER_S = 1;
const OFTEN_PCT = 0.5;

export function chainFindings(session: Readonly<Record<string, unknown>>, chain: Chain, facts: ChainFacts): Finding[] {
  return [
    ...filterFindings(chain.apFilter, facts.rate_Hz, 'AP'),
    ...(chain.lf ? filterFindings(chain.lfFilter, null, 'LF') : []),
    ...carFindings(session, chain, facts),
    ...gfixFindings(chain, facts),
    ...(chain.lf && (chain.downsample < 2 || chain.downsample > 30 || 30000 % chain.downsample !== 0) ? [finding('downsample', 'stop', `LF made from AP keeps one sample in ${chain.downsample}: the number must lie between 2 and 30 and divide 30,000.`)] : []),
  ];
}

function filterFindings(filter: Filter | null, rate_Hz: number | null, band: 'AP' | 'LF'): Finding[] {
  if (!filter) return [];
  const { type, order, high_Hz, low_Hz } = filter;
  const nyquist = rate_Hz === null ? null : rate_Hz / 2;
  const findings: Finding[] = [];
  const stop = (text: string) => findings.push(finding('filter-corners', 'stop', text));
  if (high_Hz === 0 && low_Hz === 0) stop(`The ${band} filter has neither a high-pass nor a low-pass corner.`);
  if (low_Hz > 0 && high_Hz >= low_Hz) stop(`${band}: the upper corner ${hertz(low_Hz)} must lie above the lower corner ${hertz(high_Hz)}.`);
  if (nyquist !== null && Math.max(high_Hz, low_Hz) >= nyquist) stop(`${band}: corner ${hertz(Math.max(high_Hz, low_Hz))} must lie below ${hertz(nyquist)}, half the sampling rate.`);
  if (type === 'butter' && !(Number.isInteger(order) && order >= 1)) stop(`The order is a whole number from 1 on, not ${order}.`);
  if (high_Hz > 0 && low_Hz === 0) findings.push(finding('filter-open', 'note', `${band}: a high-pass without an upper corner: the native CatGT refuses this; the embedded one can.`));
  return findings;
}

function carFindings(session: Readonly<Record<string, unknown>>, chain: Chain, { hasMicrons }: ChainFacts): Finding[] {
  const findings: Finding[] = [];
  if (chain.car === 'none') return findings;
  if (!chain.apFilter || chain.apFilter.high_Hz === 0) {
    findings.push(finding('car-no-highpass', 'warn', 'CAR without a high-pass filter mixes offsets between channels.', [{ label: `Use ${filterText(usualFilter)}`, patch: patchChain(session, { apFilter: usualFilter }) }]));
  }
  if (chain.car === 'loccar') {
    if (chain.inner_um < LEAST_RADIUS_UM) findings.push(finding('loccar-radii', 'stop', `loccar inner radius must be at least ${LEAST_RADIUS_UM} um, not ${chain.inner_um}.`));
    if (chain.outer_um <= chain.inner_um) findings.push(finding('loccar-radii', 'stop', `loccar inner radius (${chain.inner_um} um) must be below the outer (${chain.outer_um} um).`));
    if (!hasMicrons) findings.push(finding('loccar-geometry', 'stop', 'The meta of this probe tells no positions in um, and this version has no loccar in rows.', [{ label: 'Use gblcar', patch: patchChain(session, { car: 'gblcar' }) }]));
  }
  return findings;
}

function gfixFindings({ gfix, apFilter }: Chain, { scan }: ChainFacts): Finding[] {
  if (!gfix) return [];
  const findings: Finding[] = [];
  if (!apFilter || apFilter.high_Hz === 0) findings.push(finding('gfix-no-highpass', 'warn', 'gfix compares with 0 V and so needs a high-pass filter: slow signals and offsets look like artefacts to it.'));
  if (gfix.amp_mV === 0 || gfix.slope_mV === 0) findings.push(finding('gfix-zero', 'warn', 'A gfix threshold of 0 takes everything for an artefact.'));
  if (scan && (scan.spans.perSecond > OFTEN_PER_S || scan.spans.share_pct > OFTEN_PCT)) {
    findings.push(finding('gfix-often', 'warn', `gfix would replace ${significant(scan.spans.perSecond, 2)} spans per second, ${significant(scan.spans.share_pct, 2)} % of the recording. That is more than artefacts: raise the slope threshold.`));
  }
  return findings;
}

const hertz = (value: number) => `${significant(value, 6)} Hz`;

function finding(id: string, severity: Severity, text: string, next: readonly FindingAction[] = []): Finding {
  return { id, severity, text, where: { step: 'preprocess' }, next };
}

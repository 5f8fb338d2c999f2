// The chain as cards show it, read from a session and written back: filters, tshift, gfix and bad channels are CatGT options in
// catGT_cmd_string, referencing has keys of its own.

import { catgtValues, catgtWords, hasCatgtOption, type SessionContent, withCatgtOption } from '../../../../../core/service/contract/index.ts';
import { valueText } from '../../../../components/typedValues.ts';

export interface Filter {
  readonly type: 'butter' | 'biquad';
  readonly order: number;
  /** Corners; 0: none. */
  readonly high_Hz: number;
  readonly low_Hz: number;
}

export interface Gfix {
  readonly amp_mV: number;
  readonly slope_mV: number;
  readonly base_mV: number;
}

export type CarMode = 'none' | 'gblcar' | 'gbldmx' | 'loccar';

export type BadChannelMode = 'leave' | 'exclude' | 'interpolate';

export interface Chain {
  readonly apFilter: Filter | null;
  readonly lfFilter: Filter | null;
  readonly tshift: boolean;
  readonly gfix: Gfix | null;
  /** What CatGT does about bad channels that it finds at the time of the run. */
  readonly badChannels: BadChannelMode;
  readonly car: CarMode;
  /** Ring of loccar. */
  readonly inner_um: number;
  readonly outer_um: number;
  /** Whether LF is processed at all. */
  readonly lf: boolean;
  /** LF made from AP keeps one sample in so many. */
  readonly downsample: number;
  /** Lists beside the written files: gfix edits and fills; saturation, errors and missed samples. */
  readonly edits: boolean;
  readonly health: boolean;
}

export const usualFilter: Filter = { type: 'butter', order: 12, high_Hz: 300, low_Hz: 10000 };
export const usualLfFilter: Filter = { type: 'butter', order: 12, high_Hz: 1, low_Hz: 500 };
export const usualGfix: Gfix = { amp_mV: 0.4, slope_mV: 0.1, base_mV: 0.02 };

export function chainOf(session: SessionContent): Chain {
  const text = commandOf(session);
  const gfix = numbers(catgtValues(text, 'gfix')[0]);
  const [bad] = catgtValues(text, 'bad_channels');
  const mode = String(session.car_mode ?? 'gblcar').toLowerCase();
  return {
    apFilter: filterOf(catgtValues(text, 'apfilter')[0]),
    lfFilter: filterOf(catgtValues(text, 'lffilter')[0]),
    tshift: !hasCatgtOption(text, 'no_tshift'),
    gfix: gfix.length === 3 ? { amp_mV: Math.abs(gfix[0]), slope_mV: Math.abs(gfix[1]), base_mV: gfix[2] } : null,
    badChannels: bad === 'exclude' || bad === 'interpolate' ? bad : 'leave',
    car: mode === 'gblcar' || mode === 'gbldmx' || mode === 'loccar' ? mode : 'none',
    inner_um: Number(session.loccar_min ?? 40),
    outer_um: Number(session.loccar_max ?? 160),
    lf: session.process_lf === true,
    downsample: numbers(catgtValues(text, 'ap2lf_dwnsmp')[0])[0] ?? 12,
    edits: hasCatgtOption(text, 'edits'),
    health: hasCatgtOption(text, 'health'),
  };
}

/** The session's keys that change. */
export function patchChain(session: SessionContent, changes: Partial<Chain>): Record<string, unknown> {
  const keys: Record<string, unknown> = {};
  let text = commandOf(session);
  if (changes.apFilter !== undefined) text = withCatgtOption(text, 'apfilter', changes.apFilter && filterText(changes.apFilter));
  if (changes.lfFilter !== undefined) text = withCatgtOption(text, 'lffilter', changes.lfFilter && filterText(changes.lfFilter));
  if (changes.tshift !== undefined) text = withCatgtOption(text, 'no_tshift', changes.tshift ? null : '');
  if (changes.gfix !== undefined) text = withCatgtOption(text, 'gfix', changes.gfix && gfixText(changes.gfix));
  if (changes.badChannels !== undefined) text = withCatgtOption(text, 'bad_channels', changes.badChannels === 'leave' ? null : changes.badChannels);
  if (changes.downsample !== undefined) text = withCatgtOption(text, 'ap2lf_dwnsmp', changes.downsample === 12 ? null : valueText(changes.downsample));
  for (const name of ['edits', 'health'] as const) if (changes[name] !== undefined) text = withCatgtOption(text, name, changes[name] ? '' : null);
  if (text !== commandOf(session)) keys.catGT_cmd_string = text;
  if (changes.car !== undefined) keys.car_mode = changes.car === 'none' ? 'None' : changes.car;
  if (changes.inner_um !== undefined) keys.loccar_min = changes.inner_um;
  if (changes.outer_um !== undefined) keys.loccar_max = changes.outer_um;
  if (changes.lf !== undefined) keys.process_lf = changes.lf;
  return keys;
}

/** What a stream's samples go through, as CatGT options. `car` takes the place of the session's. */
export function chainText(session: SessionContent, band: 'ap' | 'lf', changes: Partial<Chain> = {}): string {
  const chain = { ...chainOf(session), ...changes };
  const passed = catgtWords(commandOf(session)).filter(({ name }) => ['chnexcl', 'no_linefill', 'numerics'].includes(name)).map((word) => word.text);
  const shift = chain.tshift ? [] : ['-no_tshift'];
  if (band === 'lf') return [...(chain.lfFilter ? [`-lffilter=${filterText(chain.lfFilter)}`] : []), ...shift, ...passed].join(' ');
  return [
    ...(chain.apFilter ? [`-apfilter=${filterText(chain.apFilter)}`] : []),
    ...shift,
    ...(chain.gfix ? [`-gfix=${gfixText(chain.gfix)}`] : []),
    ...carText(chain),
    ...passed,
  ].join(' ');
}

/** What this step decides, for the notation bar. */
export function notationOf(session: SessionContent): string {
  const chain = chainOf(session);
  const lf = chain.lf ? ['-lf', ...(chain.lfFilter ? [`-lffilter=${filterText(chain.lfFilter)}`] : []), ...(chain.downsample === 12 ? [] : [`-ap2lf_dwnsmp=${valueText(chain.downsample)}`])] : [];
  const bad = chain.badChannels === 'leave' ? [] : [`-bad_channels=${chain.badChannels}`];
  const records = (['edits', 'health'] as const).filter((name) => chain[name]).map((name) => `-${name}`);
  return [chainText(session, 'ap'), ...bad, ...lf, ...records].join(' ').trim() || 'samples stay as they are';
}

/** This version takes the radii of loccar in um. */
function carText({ car, inner_um, outer_um }: Chain): string[] {
  return car === 'none' ? [] : car === 'loccar' ? [`-loccar_um=${valueText(inner_um)},${valueText(outer_um)}`] : [`-${car}`];
}

export function filterText({ type, order, high_Hz, low_Hz }: Filter): string {
  return [type, ...[type === 'biquad' ? 2 : order, high_Hz, low_Hz].map((value) => valueText(value))].join(',');
}

export function gfixText({ amp_mV, slope_mV, base_mV }: Gfix): string {
  return [amp_mV, slope_mV, base_mV].map((value) => valueText(value)).join(',');
}

/** CatGT's way of counting orders, and the slope its formula gives at either corner: 6 dB per octave and order. */
export function orderText(order: number): string {
  return `order 12 here = order 3 run forward and back (filtfilt); order 6 = one pass of order 3. At order ${order} each corner falls by ${Math.round(20 * Math.log10(2) * order)} dB per octave.`;
}

const commandOf = (session: SessionContent): string => (typeof session.catGT_cmd_string === 'string' ? session.catGT_cmd_string : '');

function filterOf(text: string | undefined): Filter | null {
  const [type, ...rest] = (text ?? '').split(/[:;,\s]+/);
  const values = rest.map(Number);
  if ((type !== 'butter' && type !== 'biquad') || values.length !== 3 || values.some((value) => !Number.isFinite(value))) return null;
  return { type, order: values[0], high_Hz: values[1], low_Hz: values[2] };
}

function numbers(text: string | undefined): number[] {
  return (text ?? '').split(/[:;,\s]+/).filter((item) => item !== '').map(Number).filter(Number.isFinite);
}

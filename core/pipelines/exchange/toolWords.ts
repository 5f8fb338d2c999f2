// Words of TPrime and C_Waves command lines to what they mean for a session.

import { parseDecimal } from '../../common/index.ts';
import { asIs, asKey, type NotUsed, shown, type Understood } from './reading.ts';

type Item = Understood | NotUsed;

export function tprimeWord(word: string): Item {
  const [name, value] = nameAndValue(word);
  switch (name) {
    case 'syncperiod': return number(word, value, (period) => asKey(word, 'sync_period', period));
    case 'tostream': {
      const stream = streamOfFile(value);
      return stream ? asKey(word, 'toStream_sync_params', stream) : { token: word, reason: 'The name of this file does not tell its stream.' };
    }
    case 'fromstream': return asIs(word, 'streams to align', 'all streams of the run');
    case 'events': return asIs(word, 'events to align', 'all event files of the run');
    case 'offsets': return asIs(word, 'offsets', 'taken from the run where files were joined');
    case 'numerics': return tprimeParameter(word, 'numerics', value);
    case 'tprime_interp': return tprimeParameter(word, 'tprime_interp', true);
    default: return { token: word, reason: 'This is not an option of TPrime that a session has.' };
  }
}

function tprimeParameter(token: string, key: string, value: unknown): Understood {
  const section = 'tPrime_helper_params';
  return { token, field: `${section}.${key}`, value: shown(value), changes: [{ kind: 'section', section, key, value }] };
}

/** `.../run_g0_tcat.imec0.ap.xd_384_6_500.txt`, `..._tcat.nidq.xa_0_500.txt`, `..._tcat.obx0.obx.xd_...`. */
export function streamOfFile(file: string): string | undefined {
  const [, imec, obx] = /\.imec(\d*)\.|\.obx(\d+)\./.exec(file) ?? [];
  if (imec !== undefined) return `imec${imec || '0'}`;
  if (obx !== undefined) return `obx${obx}`;
  return file.includes('.nidq.') ? 'ni' : undefined;
}

const measured: Readonly<Record<string, string>> = { samples_per_spike: 'samples_per_spike', pre_samples: 'pre_samples', num_spikes: 'spikes_per_epoch' };
const ownFiles = new Set(['spikeglx_bin', 'clus_table_npy', 'clus_time_npy', 'clus_lbl_npy', 'dest', 'prefix', 'debug_npy']);

export function cwavesWord(word: string): Item {
  const [name, value] = nameAndValue(word);
  if (ownFiles.has(name)) return asIs(word, `-${name}`, 'given by the step that measures waveforms');
  if (Object.hasOwn(measured, name)) {
    const key = measured[name];
    return number(word, value, (count) => ({ token: word, field: `mean_waveform_params.${key}`, value: String(count), changes: [{ kind: 'section', section: 'mean_waveform_params', key, value: count }] }));
  }
  if (name === 'snr_radius_um') return number(word, value, (radius) => asKey(word, 'c_Waves_snr_um', radius));
  if (name === 'snr_radius') return { token: word, reason: 'The radius is given in um here.', suggestion: { label: 'Use -snr_radius_um=160', text: '-snr_radius_um=160' } };
  return { token: word, reason: 'This is not an option of C_Waves that a session has.' };
}

function nameAndValue(word: string): [string, string] {
  const [, name = '', value = ''] = /^-{1,2}(\w+)(?:=([^]*))?$/.exec(word) ?? [];
  return [name, value];
}

function number(token: string, text: string, made: (value: number) => Understood): Item {
  const value = parseDecimal(text);
  return value === undefined ? { token, reason: `'${text}' is not a number.` } : made(value);
}

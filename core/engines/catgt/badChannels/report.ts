// What the search found, as a table of all channels and as a line of the log.

import { formatG } from '../../../common/index.ts';
import { formatChannelList } from '../../../spikeglx/index.ts';
import { type BadChannels, type BadLabel, channelsWith } from './find.ts';
import type { Withheld } from './rebuild.ts';

const header = 'column,channel,shank,x_um,y_um,label,similarity,neighbourhood,hf_psd_uV2_Hz,reason';

/** `<base>.bad_channels.csv`: a line per neural column. */
export function badChannelsCsv({ channels }: BadChannels): string {
  const number = (value: number) => (Number.isNaN(value) ? 'NaN' : formatG(value));
  const lines = channels.map(({ column, channel, shank, x_um, y_um, label, similarity, neighbourhood, hf_uV2Hz, reason }) =>
    [column, channel, shank, formatG(x_um), formatG(y_um), label, number(similarity), number(neighbourhood), number(hf_uV2Hz), reason].join(','));
  return [header, ...lines, ''].join('\n');
}

const words: Readonly<Record<BadLabel, string>> = { dead: 'dead', noisy: 'noisy', outside: 'outside the brain' };

/** `imec0.ap: bad channels in 25 snippets of 8.8 s together: dead 12,45; outside the brain 300:383; left out of ...` */
export function badChannelsLine(label: string, bad: BadChannels, { excluded, rebuilt }: Withheld): string {
  if (bad.snippets === 0) return `${label}: too short to look for bad channels; all are used.`;
  const looked = `${bad.snippets} snippets of ${formatG(bad.seconds, 2)} s together`;
  const found = (['dead', 'noisy', 'outside'] as const).flatMap((each) => {
    const channels = channelsWith(bad, each);
    return channels.length === 0 ? [] : [`${words[each]} ${formatChannelList(channels)}`];
  });
  if (found.length === 0) return `${label}: no bad channels in ${looked}.`;
  const done = [
    ...(excluded.length > 0 ? [`${excluded.length} left out of CAR and gfix`] : []),
    ...(rebuilt.length > 0 ? [`${rebuilt.length} replaced by the mean of their neighbours`] : []),
  ];
  return `${label}: bad channels in ${looked}: ${found.join('; ')} (${done.join(', ')}).`;
}

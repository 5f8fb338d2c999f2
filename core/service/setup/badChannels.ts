// What a search for bad channels found, as the screens take it.

import type { BadChannels } from '../../engines/catgt/index.ts';
import type { ProbeBadChannels } from '../contract/index.ts';

export function badChannelsAnswer({ channels, snippets, seconds }: BadChannels, gate: number): ProbeBadChannels {
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    gate, seconds, snippets,
    channels: channels.map(({ channel, column, shank, y_um, label, similarity, hf_uV2Hz, reason }) => ({
      acq: channel, column, shank, z_um: y_um, class: label, similarity: known(similarity), hf_uV2Hz: known(hf_uV2Hz), reason,
    })),
  };
}

// `psth_events`, and the sections psth_events reads beside it.

import type { z } from 'zod';
import { section, sections, text } from '../record/index.ts';
import { compat, directories } from '../sections/index.ts';

export const psthEventsSections = sections({
  psth_events: section('Which events become events.csv.', {
    event_ex_param_str: text({ help: 'The extractor whose times are wanted, as given to CatGT: xd=0,0,8,1,0.' }).default(''),
    compat: compat(),
  }),
  directories,
});

export type PsthEventsParams = z.infer<typeof psthEventsSections>;

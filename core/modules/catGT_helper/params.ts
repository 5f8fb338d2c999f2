// The sections catGT_helper reads. Its own, catGT_helper_params, is shared with tPrime_helper.

import type { z } from 'zod';
import { sections } from '../record/index.ts';
import { catgtHelperParams, directories, ephysParams } from '../sections/index.ts';

export const catgtSections = sections({
  catGT_helper_params: catgtHelperParams,
  directories,
  ephys_params: ephysParams,
});

export type CatgtParams = z.infer<typeof catgtSections>;

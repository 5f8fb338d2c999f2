// `tPrime_helper_params`, and the sections tPrime_helper reads beside it.

import type { z } from 'zod';
import { choice, decimal, file, flag, folder, section, sections, text, texts } from '../record/index.ts';
import { catgtHelperParams, compat, directories, ephysParams } from '../sections/index.ts';

const unused = 'kept from imported files, not used';

export const tprimeSections = sections({
  tPrime_helper_params: section('TPrime: to which stream all times are aligned, and which events become events.csv.', {
    tPrime_path: folder({ help: 'Where the native TPrime is; only named in the command file: TPrime is built in.' }).optional(),
    sync_period: decimal({ help: 'Period of the sync pulse (SpikeGLX: syncSourcePeriod).', unit: 's', min: 0.001 }).default(1),
    toStream_sync_params: text({ help: 'The stream to align to: ni, obx0, imec0 ...' }).default('imec0'),
    sort_out_tag: text({ help: 'Ending of the sorter\'s output folders: ks4 for imec0_ks4.' }).default('ks4'),
    catGT_out_tag: text({ help: 'Beginning of the run folder: catgt, or supercat for joined runs.' }).default('catgt'),
    psth_ex_str: text({ help: 'The extractor whose times become events.csv, as given to CatGT: xd=0,0,8,1,0; empty for none.' }).default(''),
    numerics: choice(['native', 'exact'], { help: 'How times are mapped: native gives TPrime\'s numbers, exact pairs every sync edge with its counterpart.' }).default('native'),
    tprime_interp: flag({ help: 'Interpolate between the sync edges around an event, instead of keeping its distance from the edge before; numerics has no say then.' }).default(false),
    compat: compat(),
    tPrime_3A: flag({ help: 'Phase 3A probes: edge files are named by toStream_path_3A and fromStream_list_3A.' }).default(false),
    toStream_path_3A: file({ help: 'With tPrime_3A: edge file of the stream to align to; empty to take the streams from the run\'s fyi file.' }).default(''),
    fromStream_list_3A: texts({ help: 'With tPrime_3A: edge files of the other streams.' }).default([]),
    ni_sync_params: text({ help: `Old way to name the sync channel; ${unused}.` }).default(''),
    ni_ex_list: text({ help: `Old list of extractors; ${unused}.` }).default(''),
    im_ex_list: text({ help: `Old list of extractors; ${unused}.` }).default(''),
  }),
  catGT_helper_params: catgtHelperParams,
  directories,
  ephys_params: ephysParams,
});

export type TprimeParams = z.infer<typeof tprimeSections>;

// `catGT_helper_params`: what CatGT shall do. catGT_helper runs on it; tPrime_helper reads the run's name from it.

import { choice, decimal, flag, folder, section, text, whole } from '../record/index.ts';
import { compat } from './compat.ts';

export const catgtHelperParams = section('CatGT: which files to join, and how to filter them.', {
  run_name: text({ help: 'Name of the run, without _g and _t.' }),
  gate_string: text({ help: 'Gate index, or the first and last of a range: "0" or "0,3".' }).default('0'),
  trigger_string: text({ help: 'First and last trigger index: "0,0"; "cat" for files CatGT has already joined.' }).default('0,0'),
  probe_string: text({ help: 'Probes: "0", "0,3" or "0:3".' }).default('0'),
  stream_string: text({ help: 'Streams as CatGT options: -ap, -lf, -ni, -ob -obx=0.' }).default('-ap'),
  car_mode: choice(['None', 'none', 'gblcar', 'gbldmx', 'loccar'], { help: 'What is subtracted from every channel: the median or demultiplexed mean over all, the mean of a ring around it, or nothing.' }).default('None'),
  loccar_inner: whole({ help: 'Inner radius of the ring for loccar when useGeom is false.', unit: 'sites', min: 0 }).default(2),
  loccar_outer: whole({ help: 'Outer radius of the ring for loccar when useGeom is false.', unit: 'sites', min: 0 }).default(8),
  loccar_inner_um: whole({ help: 'Inner radius of the ring for loccar when useGeom is true.', unit: 'um', min: 0 }).default(40),
  loccar_outer_um: whole({ help: 'Outer radius of the ring for loccar when useGeom is true.', unit: 'um', min: 0 }).default(160),
  maxZ_um: decimal({ help: 'Leave out sites farther than this from the tip; -1 keeps all.', unit: 'um' }).default(-1),
  useGeom: flag({ help: 'Whether the ring of loccar is measured in um rather than in sites.' }).default(true),
  cmdStr: text({ help: 'Further CatGT options, as on its command line.' }).default('-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -gfix=0.4,0.10,0.02'),
  compat: compat(),
  catGTPath: folder({ help: 'Where the native CatGT is; kept from imported files, not used: CatGT is built in.' }).optional(),
});

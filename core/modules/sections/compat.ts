// `compat`, which every module's section has: the reference's numbers where ours differ for a reason.

import { flag } from '../record/index.ts';

/** @param differences what it changes in this module; without, the module has the reference's numbers anyway */
export function compat(differences = 'this module gives them in any case.') {
  return flag({ help: `Reproduce the numbers of the Python pipeline: ${differences}` }).default(false);
}

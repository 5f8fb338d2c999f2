// The sections of the input JSON that more than one module reads. A section only one module reads lives in that module's
// folder. Declarations only: names, types, defaults and help, in the words of ../record.

export { catgtHelperParams } from './catgtHelperParams.ts';
export { compat } from './compat.ts';
export { directories } from './directories.ts';
export { ephysParams } from './ephysParams.ts';

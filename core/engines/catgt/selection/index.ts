// Choosing channels: from -save, -sepShanks and -maxZ and a probe's meta to the files a stream becomes.

export { columnsAbove } from './depth.ts';
export { selectOutputs, type SelectedOutput, type Selection } from './outputs.ts';
export { shanksInUse } from './shanks.ts';

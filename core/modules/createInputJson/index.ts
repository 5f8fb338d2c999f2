// createInputJson: writes the JSON all modules of a probe (or of a CatGT or TPrime call) read, from named arguments and the
// probe's meta file, with every section the Python pipeline writes, those of modules that are gone included.
// May use core/spikeglx and the parameter record; knows no session and runs nothing.

export { type InputJsonArguments, inputJsonArguments, type InputJsonValues, kilosortVersion, parseInputJsonArguments, thresholds } from './arguments.ts';
export { createInputJson, type CreatedInputJson } from './createInputJson.ts';
export { formatInputJson } from './formatInputJson.ts';

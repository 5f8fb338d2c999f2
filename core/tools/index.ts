// Jobs done by external programs: Kilosort 2.0, 2.5 and 3.0 in MATLAB, Kilosort 4 in Python. Each tool is a few small
// functions: is it there (if not, why, in words), its arguments and scripts, what a line of its output says of its
// progress, and whether it left what it should. Around them: starting a program, finding it, the folder it writes to.
// Programs get argument arrays, never a command string; nothing goes through a shell.
// May come in: another sorter or tool. Must not: parameters of a module, decisions about what is sorted how.

export { type Availability, requireTool } from './availability.ts';
export { type FindOptions, findProgram } from './findProgram.ts';
export { printableCommand } from './printableCommand.ts';
export { type ProgramOptions, runProgram } from './runProgram.ts';
export { followProgress, type LogNote } from './followProgress.ts';
export { type GitCommit, gitCommit } from './gitCommit.ts';
export { matlabText, matlabValue } from './matlabText.ts';
export { type ChannelMap, channelMap, keepBesideBinary } from './channelMap.ts';
export { findMatlab, matlabArguments, parseKilosortLine } from './matlab.ts';
export { findKilosort, findNpyMatlab, kilosortVersionOf } from './kilosortMatlab.ts';
export { type KilosortConfig, kilosortConfig, type KilosortLauncher, kilosortLauncher, type KilosortVersion, launcherName, mainName } from './kilosortScripts.ts';
export { findKilosort4, type Kilosort4, kilosort4Arguments, kilosort4Environment, type Kilosort4Job, kilosort4JobText, kilosort4Script, parseKilosort4Line } from './kilosort4.ts';
export { pythonText } from './pythonText.ts';
export { type PhyData, pointParamsAt, rewriteParams } from './phyParams.ts';
export { toolResource } from './resources.ts';
export { filesIn, openStaging, publishStaging } from './staging.ts';
export { type SortedFolder, verifySortedFolder } from './sortedFolder.ts';

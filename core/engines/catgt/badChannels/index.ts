// -bad_channels: looking for dead and noisy channels and those outside the brain, and what is done about them.

export { type BadChannels, type ChannelReport, findBadChannels } from './find.ts';
export { measureSnippetTask } from './measureTask.ts';
export { rebuildColumns, type Rebuilt, type Withheld } from './rebuild.ts';
export { type BadChannelsReport, type Search, searchBadChannels } from './search.ts';

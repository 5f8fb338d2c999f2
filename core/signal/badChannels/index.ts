// Which channels of a probe are dead, noisy or outside the brain: figures of snippets, and the judgement over them.

export { judgeChannels, type ChannelLabel, type ChannelPlace, type ChannelVerdict } from './judge.ts';
export { measureSnippet, type Snippet, type SnippetFigures } from './snippet.ts';

// Extractors against the files they read: one set of checks, with one set of sentences, for the builder, pasted texts and
// preflight.

export { fitNotices, type LineColumns, lineColumns, widthNotices } from './fit.ts';
export { type ExtractorNotice, sameFile, streamNotChosen } from './notice.ts';
export { isExtractorWord, readExtractorWord } from './readWord.ts';

// What can be said against an extractor, in the sentences that every place uses: the builder, a pasted text, preflight.

/** Of one extractor; where it is found, and which buttons lead out of it, is for the place that shows it. */
export interface ExtractorNotice {
  readonly id: string;
  /** stop: CatGT would refuse it, or write nothing useful. */
  readonly severity: 'stop' | 'warn' | 'note';
  readonly text: string;
  /** The same extractor as it would do. */
  readonly instead?: { readonly label: string; readonly text: string };
}

/** Of two extractors, or the files of one. @param file `m41_g0_tcat.nidq.xa_2_25.txt` */
export function sameFile(file: string): ExtractorNotice {
  return { id: 'name-collision', severity: 'stop', text: `Two extractors would both write \`${file}\`; the name holds word and width, not the threshold. Change one width or remove one.` };
}

/** @param run whose streams they are; all that were chosen when left out */
export function streamNotChosen(stream: string, run?: string): ExtractorNotice {
  return { id: 'stream-not-chosen', severity: 'note', text: `\`${stream}\` is not among the chosen streams${run === undefined ? '' : ` of ${run}`}; it is skipped there.` };
}

// All lines of the stream: words and bits with what the survey says, the letters of the extractors that use them, and the
// proposals.

import { Button } from '@mantine/core';
import type { ExtractorFields, ExtractorProposal, LineSurvey, LineWord, WordSurvey } from '../../../../../core/service/contract/index.ts';
import { significant } from '../../../../components/index.ts';
import styles from './extract.module.css';
import { trainText } from './LogicRows.tsx';
import { isOn, letterOf, type Line, lineOf } from './model.ts';
import { fieldsOf } from './useShownProposals.ts';

interface LineListProps {
  readonly stream: string;
  readonly words: readonly LineWord[];
  readonly survey: LineSurvey | undefined;
  /** How far the survey is. */
  readonly progress: string;
  readonly extractors: readonly (ExtractorFields | null)[];
  readonly line: Line;
  readonly proposals: readonly ExtractorProposal[];
  readonly onLine: (line: Line) => void;
  readonly onAccept: (proposal: ExtractorProposal) => void;
  readonly onDismiss: (proposal: ExtractorProposal) => void;
}

export function LineList({ stream, words, survey, progress, extractors, line, proposals, onLine, onAccept, onDismiss }: LineListProps) {
  const last = words.at(-1)?.word ?? 0;
  const lettersOn = (each: Line) => extractors.flatMap((fields, index) => (fields && isOn(fields, stream, each, last) ? [letterOf(index)] : [])).join(' ');
  /** Where its line stands; a bit field after its last bit. */
  const proposedFor = ({ word, bits }: Line) => proposals.filter((proposal) => {
    const [fields] = fieldsOf([proposal.extractor]);
    const place = lineOf(fields, last);
    return place.word === word && place.bits?.[1] === bits?.[1];
  }).map((proposal) => <Proposed key={proposal.extractor} proposal={proposal} onAccept={onAccept} onDismiss={onDismiss} />);
  return (
    <div className={styles.lines} role="region" aria-label={`Lines of ${stream}`} tabIndex={0} data-testid="lines">
      {!survey && <p className="caption" role="status">{progress}</p>}
      <ul>
        {words.map((word) => {
          const surveyed = survey?.words.find((each) => each.word === word.word);
          const isSelected = line.word === word.word && line.bits === null;
          const constant = surveyed?.bits.filter((bit) => bit.constant !== null) ?? [];
          return (
            <li key={word.word}>
              <button type="button" className={styles.line} aria-pressed={word.kind === 'analog' ? isSelected : undefined} data-selected={isSelected || undefined}
                onClick={() => onLine({ word: word.word, bits: word.kind === 'analog' ? null : firstBit(surveyed) })}>
                <span className={styles.lineHead}><span className="mono">{word.word}</span> <b>{word.name}</b>{word.kind === 'analog' ? <span className="muted">±{significant(word.range_V)} V{word.gain === 1 ? '' : `, gain ${significant(word.gain)}`}</span> : <span className="muted">16 bits</span>}<Letters text={word.kind === 'analog' ? lettersOn({ word: word.word, bits: null }) : ''} /></span>
                {surveyed && surveyed.min_V !== null && <span className="caption">{surveyed.min_V.toFixed(2)} to {(surveyed.max_V ?? NaN).toFixed(2)} V, median {(surveyed.median_V ?? NaN).toFixed(2)} V, noise {significant(1000 * (surveyed.noise_V ?? NaN), 2)} mV</span>}
                {surveyed && <span className="caption">{surveyed.text}</span>}
              </button>
              {proposedFor({ word: word.word, bits: null })}
              {word.kind === 'digital' && surveyed && (
                <ul className={styles.bits}>
                  {surveyed.bits.filter((bit) => bit.constant === null).map((bit) => {
                    const isIn = line.word === word.word && line.bits !== null && bit.bit >= line.bits[0] && bit.bit <= line.bits[1];
                    return (
                      <li key={bit.bit}>
                        <button type="button" className={styles.line} aria-pressed={isIn} data-selected={isIn || undefined} onClick={(event) => onLine(event.shiftKey ? extended(line, word.word, bit.bit) : { word: word.word, bits: [bit.bit, bit.bit] })}>
                          <span className={styles.lineHead}>bit {bit.bit} <span className="muted">{trainText(bit)}</span><Letters text={lettersOn({ word: word.word, bits: [bit.bit, bit.bit] })} /></span>
                          {bit.sync && <span className="caption">sync: CatGT takes it by itself, nothing to do</span>}
                        </button>
                        {proposedFor({ word: word.word, bits: [bit.bit, bit.bit] })}
                      </li>
                    );
                  })}
                  {constant.length > 0 && <li className={`caption ${styles.constant}`}>{bitRanges(constant.map(({ bit }) => bit))} never change</li>}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Proposed({ proposal, onAccept, onDismiss }: { readonly proposal: ExtractorProposal } & Pick<LineListProps, 'onAccept' | 'onDismiss'>) {
  return (
    <div className={styles.proposal} data-testid="proposal">
      <span className="caption">{proposal.reason}</span>
      <code>{proposal.extractor}</code>
      <span className={styles.buttons}>
        <Button variant="default" size="compact-xs" onClick={() => onAccept(proposal)} aria-label={`Accept ${proposal.extractor}`}>Accept</Button>
        <Button variant="subtle" size="compact-xs" onClick={() => onDismiss(proposal)} aria-label={`Dismiss ${proposal.extractor}`}>Dismiss</Button>
      </span>
    </div>
  );
}

/** The first that changes. */
function firstBit(word: WordSurvey | undefined): readonly [number, number] {
  const bit = word?.bits.find(({ constant }) => constant === null)?.bit ?? 0;
  return [bit, bit];
}

/** Shift: from the bits that are chosen to this one. */
export function extended(line: Line, word: number, bit: number): Line {
  if (line.word !== word || line.bits === null) return { word, bits: [bit, bit] };
  return { word, bits: [Math.min(line.bits[0], bit), Math.max(line.bits[1], bit)] };
}

function Letters({ text }: { readonly text: string }) {
  return text === '' ? null : <span className={styles.letters} title="Extractors that use it">[{text}]</span>;
}

/** "bits 4-7 and 12". */
function bitRanges(bits: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const bit of bits) {
    const last = ranges.at(-1);
    if (last && last[1] === bit - 1) last[1] = bit;
    else ranges.push([bit, bit]);
  }
  return `${bits.length === 1 ? 'bit' : 'bits'} ${ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')}`;
}

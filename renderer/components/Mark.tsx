// States as letter, shape, word and colour together (UI guide, 1.4): never colour alone.

import styles from './Mark.module.css';

const marks = {
  waiting: { text: 'W ○', tone: 'quiet' }, running: { text: 'R ▶', tone: 'accent' }, paused: { text: 'P ‖', tone: 'quiet' }, done: { text: 'D ✔', tone: 'ok' },
  skipped: { text: 'S »', tone: 'ok' }, failed: { text: 'F ✕', tone: 'err' }, blocked: { text: 'B ▣', tone: 'warn' }, cancelled: { text: 'C ⊘', tone: 'faint' },
  stop: { text: '⬣ STOP', tone: 'err' }, warn: { text: '▲ WARN', tone: 'warn' }, unusual: { text: '▲', tone: 'warn' }, note: { text: '(i) NOTE', tone: 'accent' }, ok: { text: '✔ OK', tone: 'ok' }, unknown: { text: '?', tone: 'faint' },
  good: { text: 'G ●', tone: 'ok' }, mua: { text: 'M ◐', tone: 'quiet' }, noise: { text: 'N ✕', tone: 'faint' }, unsorted: { text: 'U ○', tone: 'plain' },
} as const;

export type MarkName = keyof typeof marks;

/** `word`: what is spoken and, unless `short`, what stands beside the mark; `shape`: the mark without its own word. */
export function Mark({ name, word = name, short = false, shape = false }: { readonly name: MarkName; readonly word?: string; readonly short?: boolean; readonly shape?: boolean }) {
  const { tone, ...mark } = marks[name];
  const text = shape ? mark.text.split(' ')[0] : mark.text;
  return (
    <span className={`${styles.mark} ${styles[tone]}`} title={word}>
      <span aria-hidden>{text}</span> <span className={short ? 'unseen' : undefined}>{word}</span>
    </span>
  );
}

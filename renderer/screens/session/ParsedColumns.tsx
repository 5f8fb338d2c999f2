// The three columns of pasted settings: understood, changed, not usable. Every token stands in exactly one.

import { Button, Checkbox } from '@mantine/core';
import type { ParsedNotation, UnusedToken } from '../../../core/service/contract/index.ts';
import styles from './PasteDialog.module.css';

interface ParsedColumnsProps {
  readonly parsed: ParsedNotation;
  /** Tokens of Changed that are to stay as they are. */
  readonly without: ReadonlySet<string>;
  readonly onWithout: (without: ReadonlySet<string>) => void;
  readonly onReplace: (item: UnusedToken) => void;
  readonly onLeaveOut: (item: UnusedToken) => void;
}

export function ParsedColumns({ parsed, without, onWithout, onReplace, onLeaveOut }: ParsedColumnsProps) {
  const toggle = (token: string) => {
    const next = new Set(without);
    if (!next.delete(token)) next.add(token);
    onWithout(next);
  };
  return (
    <div className={styles.columns}>
      <section aria-label="Understood" className={styles.column}>
        <h3>Understood {parsed.used.length}</h3>
        <ul tabIndex={0} aria-label="Understood settings">
          {parsed.used.map((item, index) => (
            <li key={index}><span className={styles.ok} aria-hidden>✔ </span><code>{short(item.token)}</code>{isPlain(item) || <div className="caption">{item.field}: {short(item.value)}</div>}</li>
          ))}
        </ul>
      </section>
      <section aria-label="Changed" className={styles.column}>
        <h3>Changed {parsed.changed.length}</h3>
        <ul tabIndex={0} aria-label="Changed settings">
          {parsed.changed.map((item, index) => (
            <li key={index}>
              <Checkbox checked={!without.has(item.token)} onChange={() => toggle(item.token)} label={<><b>{item.field}</b><div className={styles.change}><code>{short(item.from)}</code> <span aria-hidden>→</span><span className="unseen">becomes</span> <code>{short(item.to)}</code></div></>} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="Could not use" className={styles.column}>
        <h3>Could not use {parsed.unused.length}</h3>
        <ul tabIndex={0} aria-label="Settings that could not be used">
          {parsed.unused.map((item, index) => (
            <li key={index} data-finding={item.id}>
              <span className={styles.warn} aria-hidden>▲ </span><code>{short(item.token)}</code>
              <div className="caption">{item.reason}</div>
              <div className={styles.actions}>
                {item.suggestion && <Button variant="default" onClick={() => onReplace(item)}>{item.suggestion.label}</Button>}
                <Button variant="subtle" onClick={() => onLeaveOut(item)} aria-label={`Leave out ${short(item.token)}`}>Leave out</Button>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const short = (text: string) => (text.length > 140 ? `${text.slice(0, 137)}...` : text);

/** The token says field and value itself. */
function isPlain({ token, field, value }: ParsedNotation['used'][number]): boolean {
  return token.includes(field) && (value === 'on' || token.includes(value));
}

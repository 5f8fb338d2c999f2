// A field whose text is read when it is left, on Enter, and after a pause: what cannot be read stays as it was typed, with
// the reason below. Escape puts the value back. NumberField is the one for numbers: decimal point or comma.

import { TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type NumberRange, type Read, readNumber, valueText } from './typedValues.ts';

interface TypedFieldProps<Value> extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'error'> {
  /** The value as text. */
  readonly text: string;
  readonly read: (text: string) => Read<Value>;
  readonly onChange: (value: Value) => void;
}

/** ms without a key before what can be read is taken over. */
const pause = 700;

export function TypedField<Value>({ text, read, onChange, ...rest }: TypedFieldProps<Value>) {
  const [typed, setTyped] = useState<string>();
  const [focused, setFocused] = useState(false);
  const [shown, setShown] = useState(text);
  if (shown !== text) {
    // Changed from elsewhere (undo, reset): what was typed before is no longer meant.
    setShown(text);
    if (!focused) setTyped(undefined);
  }
  const latest = useRef({ typed, text, read, onChange });
  useEffect(() => {
    latest.current = { typed, text, read, onChange };
  });
  // "1,2" is taken over as 1.2: without this, leaving the field would take it over once more.
  const taken = useRef<string>(undefined);
  const commit = () => {
    const now = latest.current;
    if (now.typed === undefined || now.typed === now.text || now.typed === taken.current) return;
    const result = now.read(now.typed);
    if ('problem' in result) return;
    taken.current = now.typed;
    now.onChange(result.value);
  };
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(commit, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  // Leaving the page by a key takes the field away before it loses focus.
  useEffect(() => commit, []);

  const result = typed === undefined ? undefined : read(typed);
  const problem = result && 'problem' in result ? result.problem : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      commit();
      if (!problem) setTyped(undefined); // from here on as it is written: with a point
    }
    if (event.key === 'Escape' && typed !== undefined) {
      event.stopPropagation();
      setTyped(undefined);
    }
  };
  return (
    <TextInput
      {...rest}
      value={typed ?? text}
      error={problem}
      onChange={(event) => {
        taken.current = undefined;
        setTyped(event.currentTarget.value);
      }}
      onFocus={() => setFocused(true)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setFocused(false);
        commit();
        if (!problem) setTyped(undefined);
      }}
    />
  );
}

interface NumberFieldProps extends NumberRange, Omit<TypedFieldProps<number>, 'text' | 'read' | 'min' | 'max'> {
  readonly value: number | undefined;
  /** Begins the sentence about what is wrong. */
  readonly name: string;
}

export function NumberField({ value, name, min, max, unit, whole, ...rest }: NumberFieldProps) {
  return (
    <TypedField
      inputMode="decimal"
      rightSection={unit && <span className="caption">{unit}</span>}
      rightSectionWidth={unit ? 16 + unit.length * 7 : undefined}
      rightSectionPointerEvents="none"
      {...rest}
      text={valueText(value)}
      read={(text) => readNumber(name, text, { min, max, unit, whole })}
    />
  );
}

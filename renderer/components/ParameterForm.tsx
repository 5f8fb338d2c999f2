// Parameters as a form, straight from their records: name, field with its unit, range and default, help, a way back to the
// default. What something else sets is shown with where that is.

import { Anchor, Button, Checkbox, Select } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'wouter';
import type { ParameterSpec, WizardStep } from '../../core/service/contract/index.ts';
import styles from './ParameterForm.module.css';
import { NumberField, TypedField } from './TypedField.tsx';
import { isSame, rangeText, readValue, valueText } from './typedValues.ts';

interface ParameterFormProps {
  readonly params: readonly ParameterSpec[];
  /** undefined: the default. */
  readonly valueOf: (name: string) => unknown;
  /** undefined: back to the default. */
  readonly onChange: (param: ParameterSpec, value: unknown) => void;
  /** The value that something else sets, where it is known. */
  readonly setValueOf?: (param: ParameterSpec) => unknown;
  readonly routeOf?: (step: WizardStep) => string;
  /** Without the sentences about sections. */
  readonly plain?: boolean;
}

export function ParameterForm({ params, plain = false, ...rest }: ParameterFormProps) {
  const groups = [...new Set(params.map((param) => param.group))];
  return groups.map((group) => (
    <section key={group} className={styles.group} aria-label={group || undefined}>
      {!plain && group && <h3 className={styles.title}>{group}</h3>}
      {params.filter((param) => param.group === group).map((param) => <ParameterRow key={param.name} param={param} {...rest} />)}
    </section>
  ));
}

function ParameterRow({ param, valueOf, onChange, setValueOf, routeOf }: { readonly param: ParameterSpec } & Omit<ParameterFormProps, 'params' | 'plain'>) {
  const own = valueOf(param.name);
  const isChanged = own !== undefined;
  const change = (value: unknown) => onChange(param, isSame(value, param.default) ? undefined : value);
  const { setBy } = param;
  return (
    <div className={styles.row} data-parameter={param.name}>
      <span className={styles.key}><code>{breakable(param.key)}</code>{isChanged && <span className={styles.changed}> ● <span className="unseen">changed</span></span>}</span>
      {setBy && (setBy.fixed || !isChanged)
        ? <span className={styles.set}><SetBy param={param} value={setValueOf?.(param)} routeOf={routeOf} /></span>
        : <span className={styles.field}><ParameterField param={param} value={own ?? param.default} onChange={change} /></span>}
      <span className="caption">{setBy && !isChanged ? '' : factsOf(param)}{setBy && isChanged && `instead of ${setBy.text}`}</span>
      <span>{isChanged && <Button variant="subtle" onClick={() => onChange(param, undefined)} aria-label={`Reset ${param.key}`}>Reset</Button>}</span>
      <p className={`caption ${styles.help}`}>{param.help}</p>
    </div>
  );
}

function SetBy({ param: { setBy }, value, routeOf }: { readonly param: ParameterSpec; readonly value: unknown; readonly routeOf?: ParameterFormProps['routeOf'] }) {
  if (!setBy) return null;
  const where = setBy.step && routeOf ? <Anchor component={Link} href={routeOf(setBy.step)}>{setBy.text}</Anchor> : setBy.text;
  return <>{value !== undefined && <code>{valueText(value)} </code>}<span className="caption">set by {where}</span></>;
}

/** Long names break behind their underscores. */
function breakable(key: string) {
  return key.split('_').map((part, index) => (index === 0 ? part : <Fragment key={index}>_<wbr />{part}</Fragment>));
}

/** "0.001 to 5 s, default 1". */
function factsOf({ min, max, unit, kind, default: usual }: ParameterSpec): string {
  const range = rangeText({ min, max, unit });
  const text = kind === 'true/false' ? (usual ? 'on' : 'off') : valueText(usual);
  return [range, usual === undefined || text === '' ? '' : `default ${text.length > 24 ? `${text.slice(0, 23)}…` : text}`].filter(Boolean).join(', ');
}

function ParameterField({ param, value, onChange }: { readonly param: ParameterSpec; readonly value: unknown; readonly onChange: (value: unknown) => void }) {
  const { key, kind, unit, min, max, choices } = param;
  switch (kind) {
    case 'true/false': return <Checkbox aria-label={key} label={value ? 'on' : 'off'} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'choice': return <Select aria-label={key} data={choices ?? []} value={valueText(value)} allowDeselect={false} onChange={(chosen) => chosen !== null && onChange(chosen)} />;
    case 'number':
    case 'whole number': return <NumberField aria-label={key} name={key} value={typeof value === 'number' ? value : undefined} min={min} max={max} unit={unit} whole={kind === 'whole number'} onChange={onChange} />;
    default: return <TypedField aria-label={key} text={valueText(value)} read={(text) => readValue(param, text)} onChange={onChange} />;
  }
}

// One extractor as fields, with what stands against it.

import { Checkbox, Group, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type AnalogFields, type DigitalFields, type ExtractorFields, type Finding, toleranceOf, unusedSecondThreshold, usesSecondThreshold, withTolerance } from '../../../../../core/service/contract/index.ts';
import { Findings } from '../../../../components/index.ts';
import styles from './extract.module.css';
import { inverted } from './model.ts';

interface ExtractorFormProps {
  readonly letter: string;
  readonly name: string;
  readonly fields: ExtractorFields;
  readonly inARow: number;
  readonly range_V: number;
  readonly findings: readonly Finding[];
  readonly onName: (name: string) => void;
  readonly onFields: (fields: ExtractorFields) => void;
  readonly onInARow: (count: number) => void;
  readonly onPatch: (patch: Readonly<Record<string, unknown>>) => void;
}

export function ExtractorForm({ letter, name, fields, inARow, range_V, findings, onName, onFields, onInARow, onPatch }: ExtractorFormProps) {
  return (
    <section className={styles.form} aria-label={`Extractor ${letter}`}>
      <div className={styles.fields}>
        <b className={styles.letter}>{letter}</b>
        <TextInput key={name} label="Name" defaultValue={name} placeholder="photodiode" w={120} onBlur={(event) => { if (event.currentTarget.value !== name) onName(event.currentTarget.value); }} onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }} />
        {fields.kind === 'bf' ? <FieldInputs fields={fields} onFields={onFields} /> : <PulseInputs fields={fields} range_V={range_V} onFields={onFields} />}
        {fields.kind !== 'bf' && <Figure label="In a row" value={inARow} onValue={(value) => { if (value >= 1) onInARow(Math.round(value)); }} width={140} unit="all pulses" />}
      </div>
      {findings.length > 0 && <Findings findings={findings} onPatch={(action) => { if (action.patch) onPatch(action.patch); }} />}
    </section>
  );
}

function PulseInputs({ fields, range_V, onFields }: { readonly fields: AnalogFields | DigitalFields; readonly range_V: number; readonly onFields: ExtractorFormProps['onFields'] }) {
  const isInverted = fields.kind === 'xia' || fields.kind === 'xid';
  const percent = fields.width_ms === 0 ? 20 : (100 * toleranceOf(fields)) / fields.width_ms;
  return (
    <>
      <Radio.Group label="Pulse" value={isInverted ? 'inverted' : 'pulse'} onChange={(value) => { if ((value === 'inverted') !== isInverted) onFields(inverted(fields)); }}>
        <Group gap={8} h={30}><Radio value="pulse" label="pulse" /><Radio value="inverted" label="inverted" /></Group>
      </Radio.Group>
      {'threshold1_V' in fields ? <Thresholds fields={fields} range_V={range_V} onFields={onFields} /> : <Figure label="Bit" value={fields.bit} onValue={(bit) => onFields({ ...fields, bit })} width={64} />}
      <Figure label="Width" unit="ms" value={fields.width_ms} onValue={(width_ms) => { if (width_ms >= 0) onFields(width_ms === 0 || fields.width_ms === 0 ? { ...fields, width_ms, tolerance_ms: null } : { ...fields, width_ms }); }} />
      <Figure label="Tolerance" unit="%" width={96} value={Number(percent.toPrecision(4))} disabled={fields.width_ms === 0} onValue={(value) => { if (value >= 0) onFields(withTolerance(fields, (value / 100) * fields.width_ms)); }} />
      <Checkbox label="any edge" mt={24} checked={fields.width_ms === 0} onChange={(event) => onFields({ ...fields, width_ms: event.currentTarget.checked ? 0 : 10, tolerance_ms: null })} />
    </>
  );
}

function Thresholds({ fields, range_V, onFields }: { readonly fields: AnalogFields; readonly range_V: number; readonly onFields: ExtractorFormProps['onFields'] }) {
  const isUsed = usesSecondThreshold(fields);
  const toFirst = (threshold1_V: number): AnalogFields => (isUsed ? { ...fields, threshold1_V } : { ...fields, threshold1_V, threshold2_V: unusedSecondThreshold({ ...fields, threshold1_V }) });
  const beyond = Number((fields.threshold1_V + (fields.kind === 'xa' ? 1 : -1) * 0.25 * (Math.abs(fields.threshold1_V) || 1)).toFixed(2));
  return (
    <>
      <Figure label="T1" unit="V" value={fields.threshold1_V} onValue={(value) => onFields(toFirst(value))} />
      <Checkbox aria-label="Threshold 2 on" mt={28} checked={isUsed} onChange={(event) => onFields({ ...fields, threshold2_V: event.currentTarget.checked ? Math.max(-range_V, Math.min(range_V, beyond)) : unusedSecondThreshold(fields) })} />
      <Figure label="T2" unit="V" value={fields.threshold2_V} disabled={!isUsed} onValue={(threshold2_V) => onFields({ ...fields, threshold2_V })} />
    </>
  );
}

function FieldInputs({ fields, onFields }: { readonly fields: Extract<ExtractorFields, { kind: 'bf' }>; readonly onFields: ExtractorFormProps['onFields'] }) {
  return (
    <>
      <Figure label="First bit" value={fields.startBit} onValue={(startBit) => onFields({ ...fields, startBit })} width={72} />
      <Figure label="Bits" value={fields.bits} onValue={(bits) => onFields({ ...fields, bits })} width={64} />
      <Figure label="In a row" value={fields.inARow} onValue={(count) => onFields({ ...fields, inARow: Math.max(1, Math.round(count)) })} width={72} />
    </>
  );
}

interface FigureProps {
  readonly label: string;
  readonly unit?: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
  readonly disabled?: boolean;
  readonly width?: number;
}

/** Applied on Enter and when left; a comma is a decimal mark too. */
function Figure({ label, unit, value, onValue, disabled, width = 84 }: FigureProps) {
  const [wrong, setWrong] = useState(false);
  const apply = (text: string) => {
    const next = Number(text.trim().replace(',', '.'));
    const isNumber = text.trim() !== '' && Number.isFinite(next);
    setWrong(!isNumber);
    if (isNumber && next !== value) onValue(next);
  };
  return (
    <TextInput key={value} label={unit ? `${label} (${unit})` : label} defaultValue={value} inputMode="decimal" w={width} disabled={disabled} error={wrong ? 'not a number' : undefined}
      onBlur={(event) => apply(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey) apply(event.currentTarget.value); }} />
  );
}

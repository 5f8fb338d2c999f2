// Which gates and triggers are taken, as fields and as text: both are the same choice.

import { Radio, Select } from '@mantine/core';
import { useState } from 'react';
import { allTriggers, type GateGroup, gateText, readGateText, ruleText, type TriggerRule } from '../../../../../core/service/contract/index.ts';
import { TypedField } from '../../../../components/index.ts';
import styles from './GatesStep.module.css';
import { type GateMode, gateModeOf, regrouped, rulesByGate, type TriggerMode, triggerModeOf, withMode, withRule } from './model.ts';

interface GateControlsProps {
  /** For names of fields: "all runs", "m41_d3". */
  readonly of: string;
  readonly groups: readonly GateGroup[];
  /** Gates there are, and the triggers of each. */
  readonly gates: readonly { readonly gate: number; readonly triggers: readonly number[] }[];
  readonly onChange: (label: string, groups: readonly GateGroup[]) => void;
}

const gateModes: readonly { readonly value: GateMode; readonly label: string }[] = [{ value: 'range', label: 'Range' }, { value: 'list', label: 'List' }, { value: 'each', label: 'Each' }];
const triggerModes: readonly { readonly value: TriggerMode; readonly label: string }[] = [{ value: 'all', label: 'All there are' }, { value: 'range', label: 'Range' }, { value: 'one', label: 'One' }, { value: 'per-gate', label: 'Per gate' }];

export function GateControls({ of, groups, gates, onChange }: GateControlsProps) {
  const numbers = gates.map(({ gate }) => gate);
  // Some choices can be said in two ways: then the way that was clicked is shown.
  const [clicked, setClicked] = useState<{ readonly gates?: GateMode; readonly triggers?: TriggerMode }>({});
  const gateMode = fitsGateMode(clicked.gates, groups, numbers) ?? gateModeOf(groups, numbers);
  const triggerMode = fitsTriggerMode(clicked.triggers, triggerModeOf(groups));
  const change = (next: readonly GateGroup[]) => onChange(`gates ${gateText(next)}`, next);
  const all = [...new Set(gates.flatMap(({ triggers }) => triggers))].sort((a, b) => a - b);
  const choose = (mode: TriggerMode) => {
    setClicked({ ...clicked, triggers: mode });
    if (mode === 'all') return change(withRule(groups, () => allTriggers));
    const whole: TriggerRule = { first: all[0] ?? 0, last: all.at(-1) ?? 0 };
    if (mode === 'range') return change(withRule(groups, () => whole));
    if (mode === 'one') return change(withRule(groups, () => ({ first: all[0] ?? 0, last: all[0] ?? 0 })));
    change(withRule(groups, (gate) => {
      const there = gates.find((each) => each.gate === gate)?.triggers ?? [0];
      return { first: there[0], last: there.at(-1)! };
    }));
  };
  const chooseGates = (mode: GateMode) => {
    setClicked({ ...clicked, gates: mode });
    if (mode !== 'list') change(withMode(groups, mode, numbers));
  };
  return (
    <div className={styles.controls}>
      <div className={styles.column}>
        <Radio.Group label="Gates" value={gateMode} onChange={(mode) => chooseGates(mode as GateMode)}>
          <div className={styles.line}>
            {gateModes.map(({ value, label }) => <Radio key={value} value={value} label={label} />)}
            {gateMode === 'range' && <GateRangeFields of={of} group={groups[0]} gates={numbers} onChange={(first, last) => change(regrouped(groups, [{ first, last }]))} />}
          </div>
        </Radio.Group>
        {gateMode === 'list' && (
          <TypedField label="Gates, one entry per output" description="Such as 0 1,2: gate 0 by itself, gates 1 and 2 joined" aria-label={`Gates of ${of}, one entry per output`} text={groups.map(({ first, last }) => (first === last ? `${first}` : `${first},${last}`)).join(' ')}
            read={readOutputs} onChange={(outputs) => change(regrouped(groups, outputs))} className={styles.field} />
        )}
      </div>
      <div className={styles.column}>
        <Radio.Group label="Triggers" value={triggerMode} onChange={(mode) => choose(mode as TriggerMode)}>
          <div className={styles.line}>
            {triggerModes.map(({ value, label }) => <Radio key={value} value={value} label={label} />)}
            {triggerMode === 'one' && <Select className={styles.number} aria-label={`Trigger of ${of}`} data={all.map(String)} value={String(groups[0].triggers[0].first)} allowDeselect={false} onChange={(text) => change(withRule(groups, () => ({ first: Number(text), last: Number(text) })))} />}
            {triggerMode === 'range' && <RuleFields of={of} rule={groups[0].triggers[0]} triggers={all} onChange={(rule) => change(withRule(groups, () => rule))} />}
          </div>
        </Radio.Group>
        {triggerMode === 'per-gate' && rulesByGate(groups).map(({ gate, rule }) => (
          <div key={gate} className={styles.line}>
            <span className={styles.gate}>gate {gate}</span>
            <RuleFields of={`${of} g${gate}`} rule={rule} triggers={gates.find((each) => each.gate === gate)?.triggers ?? []} onChange={(next) => change(withRule(groups, (other, old) => (other === gate ? next : old)))} />
          </div>
        ))}
      </div>
      <TypedField label="As text" aria-label={`Gates and triggers of ${of} as text`} description="Also -g=0 -t=0,2 or -gtlist={0,0,2}{1,0,0}" text={gateText(groups)} read={(text) => readGateText(text, groups)} onChange={change} className={styles.field} />
    </div>
  );
}

/** A list can say everything; one gate alone is a range and each by itself. */
function fitsGateMode(mode: GateMode | undefined, groups: readonly GateGroup[], gates: readonly number[]): GateMode | undefined {
  if (mode === 'list') return 'list';
  return mode === 'each' && groups.length === 1 && gates.length === 1 ? 'each' : undefined;
}

/** One trigger is a range too, and one range for all gates can be said gate by gate. */
function fitsTriggerMode(clicked: TriggerMode | undefined, said: TriggerMode): TriggerMode {
  if (clicked === 'range' && said === 'one') return 'range';
  return clicked === 'per-gate' && (said === 'range' || said === 'one') ? 'per-gate' : said;
}

function GateRangeFields({ of, group, gates, onChange }: { readonly of: string; readonly group: GateGroup; readonly gates: readonly number[]; readonly onChange: (first: number, last: number) => void }) {
  const options = [...new Set([...gates, group.first, group.last])].sort((a, b) => a - b).map(String);
  return (
    <>
      <Select className={styles.number} aria-label={`First gate of ${of}`} data={options} value={String(group.first)} allowDeselect={false} onChange={(text) => onChange(Number(text), Math.max(Number(text), group.last))} />
      <span>to</span>
      <Select className={styles.number} aria-label={`Last gate of ${of}`} data={options} value={String(group.last)} allowDeselect={false} onChange={(text) => onChange(Math.min(group.first, Number(text)), Number(text))} />
    </>
  );
}

function RuleFields({ of, rule, triggers, onChange }: { readonly of: string; readonly rule: TriggerRule; readonly triggers: readonly number[]; readonly onChange: (rule: TriggerRule) => void }) {
  const [first, last] = ruleText(rule).split(',');
  const firsts = [...new Set(['start', ...triggers.map(String), first])];
  const lasts = [...new Set([...triggers.map(String), 'end', last])];
  const asEnd = <Word extends string>(text: string, word: Word) => (text === word ? word : Number(text));
  const set = (from: string, to: string) => {
    const [a, b] = [asEnd(from, 'start'), asEnd(to, 'end')];
    onChange(typeof a === 'number' && typeof b === 'number' && b < a ? (from === first ? { first: b, last: b } : { first: a, last: a }) : { first: a, last: b });
  };
  return (
    <>
      <Select className={styles.number} aria-label={`First trigger of ${of}`} data={firsts} value={first} allowDeselect={false} onChange={(text) => set(text ?? first, last)} />
      <span>to</span>
      <Select className={styles.number} aria-label={`Last trigger of ${of}`} data={lasts} value={last} allowDeselect={false} onChange={(text) => set(first, text ?? last)} />
    </>
  );
}

function readOutputs(text: string): { readonly value: { first: number; last: number }[] } | { readonly problem: string } {
  const outputs = text.split(/[\s;]+/).filter((word) => word !== '').map((word) => /^(\d+)(?:[,:](\d+))?$/.exec(word));
  if (outputs.length === 0 || outputs.some((match) => match === null)) return { problem: `'${text}' is not a list of gates such as 0 1,2.` };
  const value = outputs.map((match) => ({ first: Number(match![1]), last: Number(match![2] ?? match![1]) }));
  return value.some(({ first, last }) => last < first) ? { problem: 'In a range the last gate comes after the first.' } : { value };
}

// The numbers behind the pictures: every pulse with its verdict, the edges of a bit, the values of a bit field.

import { useMemo, useState } from 'react';
import { type ExtractorPreview, type LineWindow, verdicts } from '../../../../../core/service/contract/index.ts';
import { clock, type Column, DataTable, Empty, grouped, significant } from '../../../../components/index.ts';
import { type ValueFormat, valueText } from './drawLogic.ts';
import styles from './extract.module.css';
import { verdictWords } from './pulses.ts';

export function PulseTable({ preview, rate_Hz, focused, onFocus }: { readonly preview: ExtractorPreview; readonly rate_Hz: number; readonly focused: number; readonly onFocus: (index: number) => void }) {
  const { pulses } = preview;
  const rows = useMemo(() => Array.from({ length: pulses.on_s.length }, (_, index) => index), [pulses]);
  const figure = (value: number, digits: (value: number) => string) => (Number.isNaN(value) ? '·' : digits(value));
  const columns: Column<number>[] = [
    { key: 'number', title: '#', width: '72px', align: 'right', cell: (index) => grouped(index + 1) },
    { key: 'on', title: 'Edge 1', width: '120px', align: 'right', cell: (index) => clock(pulses.on_s[index], 6) },
    { key: 'off', title: 'Edge 2', width: '120px', align: 'right', cell: (index) => figure(pulses.off_s[index], (value) => clock(value, 6)) },
    ...(pulses.values ? [{ key: 'value', title: 'Value', width: '80px', align: 'right' as const, cell: (index: number) => pulses.values![index] }] : [
      { key: 'width', title: 'Width', width: '100px', align: 'right' as const, cell: (index: number) => figure(pulses.off_s[index] - pulses.on_s[index], (value) => `${significant(1000 * value, 4)} ms`) },
      { key: 'samples', title: 'Samples', width: '90px', align: 'right' as const, cell: (index: number) => figure(pulses.off_s[index] - pulses.on_s[index], (value) => grouped(Math.round(value * rate_Hz))) },
      { key: 'extreme', title: 'Extreme', width: '90px', align: 'right' as const, cell: (index: number) => figure(pulses.extremes_V[index], (value) => `${value.toFixed(3)} V`) },
    ]),
    { key: 'verdict', title: 'Verdict', width: 'minmax(120px, 1fr)', cell: (index) => <span data-verdict={verdicts[pulses.verdicts[index]]}>{pulses.verdicts[index] === 0 ? '✔' : '✕'} {verdictWords[verdicts[pulses.verdicts[index]]]}</span> },
  ];
  return <DataTable label="Pulses" columns={columns} rows={rows} rowKey={String} active={focused >= 0 ? String(focused) : undefined} onActive={(key) => onFocus(Number(key))} />;
}

export function EdgeTable({ data, word, bit }: { readonly data: LineWindow; readonly word: number; readonly bit: number }) {
  const [active, setActive] = useState<string>();
  const facts = data.words.find((each) => each.word === word)?.bits?.find((each) => each.bit === bit);
  if (!facts) return <Empty>There are too many edges to list: zoom in.</Empty>;
  const rows = Array.from({ length: facts.edges_s.length }, (_, index) => index);
  const columns: Column<number>[] = [
    { key: 'number', title: '#', width: '72px', align: 'right', cell: (index) => grouped(index + 1) },
    { key: 'at', title: 'Time', width: '140px', align: 'right', cell: (index) => clock(facts.edges_s[index], 6) },
    { key: 'edge', title: 'Edge', width: 'minmax(120px, 1fr)', cell: (index) => ((index % 2 === 0) === facts.startsHigh ? 'falls' : 'rises') },
  ];
  return <DataTable label={`Edges of bit ${bit} in the window`} columns={columns} rows={rows} rowKey={String} active={active} onActive={setActive} />;
}

export function ValueTable({ values, bits, format }: { readonly values: NonNullable<ExtractorPreview['values']>; readonly bits: number; readonly format: ValueFormat }) {
  return (
    <div className={styles.values} tabIndex={0} role="region" aria-label="Values" data-scrolls>
      <table data-testid="values">
        <tbody>
          <tr><th scope="row">Value</th>{values.map(({ value }) => <td key={value}><b>{valueText(value, bits, format)}</b></td>)}</tr>
          <tr><th scope="row">Count</th>{values.map(({ value, count }) => <td key={value}>{grouped(count)}</td>)}</tr>
          <tr><th scope="row">First</th>{values.map(({ value, first_s }) => <td key={value}>{clock(first_s)}</td>)}</tr>
        </tbody>
      </table>
    </div>
  );
}

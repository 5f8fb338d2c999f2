// The chain as cards, in the order CatGT runs it. Cards are switched on and off, never moved; each says what it does.

import { Checkbox, Radio, SegmentedControl, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Finding, FindingAction } from '../../../../../core/service/contract/index.ts';
import { Findings, NumberField } from '../../../../components/index.ts';
import { type BadChannelMode, type CarMode, type Chain, type Filter, orderText, usualFilter, usualGfix, usualLfFilter } from './chain.ts';
import styles from './PreprocessStep.module.css';
import { Records } from './Records.tsx';

interface ChainCardsProps {
  readonly chain: Chain;
  readonly findings: readonly Finding[];
  /** `label` is what Undo will say. */
  readonly onChange: (label: string, changes: Partial<Chain>) => void;
  readonly onPatch: (action: FindingAction) => void;
  readonly band: 'ap' | 'lf';
  readonly onBand: (band: 'ap' | 'lf') => void;
}

export function ChainCards(props: ChainCardsProps) {
  const { band, onBand, findings, onPatch } = props;
  return (
    <Tabs value={band} onChange={(to) => onBand(to === 'lf' ? 'lf' : 'ap')} keepMounted={false}>
      <Tabs.List aria-label="Band" mb="sm"><Tabs.Tab value="ap">AP chain</Tabs.Tab><Tabs.Tab value="lf">LF chain</Tabs.Tab></Tabs.List>
      <Tabs.Panel value="ap"><ApCards {...props} /></Tabs.Panel>
      <Tabs.Panel value="lf"><LfCards {...props} /></Tabs.Panel>
      <div className={`${styles.below} ${styles.apart}`}><Records chain={props.chain} onChange={props.onChange} /></div>
      {findings.length > 0 && <div className={styles.below}><Findings findings={findings} onPatch={onPatch} /></div>}
    </Tabs>
  );
}

function ApCards({ chain, onChange }: ChainCardsProps) {
  const { apFilter, tshift, gfix, badChannels, car } = chain;
  const biquad = apFilter?.type === 'biquad' ? apFilter : null;
  const butter = apFilter?.type === 'butter' ? apFilter : null;
  return (
    <div className={styles.below}>
      <Card title="biquad" hint="2nd order, causal" on={biquad !== null} onSwitch={(on) => onChange(on ? 'biquad filter' : 'no AP filter', { apFilter: on ? { ...(butter ?? usualFilter), type: 'biquad', order: 2 } : null })}
        help="A filter in time, as in the headstage: it delays, and its state runs on over gaps. CatGT has one AP filter: this or the Butterworth.">
        {biquad && <Corners filter={biquad} onChange={(filter) => onChange('biquad corners', { apFilter: filter })} />}
      </Card>
      <Card title="tshift" hint="aligns the ADC groups" on={tshift} onSwitch={(on) => onChange(on ? 'tshift on' : 'tshift off', { tshift: on })}
        help="Channels of one converter are read one after the other; this moves them to one moment. Leave it on unless another program does it." />
      <Card title="Butterworth" hint="by FFT, no phase" on={butter !== null} onSwitch={(on) => onChange(on ? 'Butterworth filter' : 'no AP filter', { apFilter: on ? { ...(biquad ?? usualFilter), type: 'butter', order: usualFilter.order } : null })}
        help="Takes out slow signals and noise above the spikes without moving anything in time.">
        {butter && <FilterFields filter={butter} onChange={(filter) => onChange('AP filter', { apFilter: filter })} />}
      </Card>
      <Card title="gfix" hint="replaces artefacts" on={gfix !== null} onSwitch={(on) => onChange(on ? 'gfix on' : 'gfix off', { gfix: on ? usualGfix : null })}
        help="Where a quarter of the channels jumps at once, a straight line is drawn. Found before CAR, edited at the very end.">
        {gfix && (
          <div className={`${styles.fields} ${styles.thirds}`}>
            <NumberField label="Amplitude" name="Amplitude" unit="mV" min={0} value={gfix.amp_mV} onChange={(amp_mV) => onChange('gfix amplitude', { gfix: { ...gfix, amp_mV } })} />
            <NumberField label="Slope/sample" name="Slope" unit="mV" min={0} value={gfix.slope_mV} onChange={(slope_mV) => onChange('gfix slope', { gfix: { ...gfix, slope_mV } })} />
            <NumberField label="Over at" name="Level at which it is over" unit="mV" value={gfix.base_mV} onChange={(base_mV) => onChange('gfix base', { gfix: { ...gfix, base_mV } })} />
          </div>
        )}
      </Card>
      <div className={styles.card} data-off={badChannels === 'leave'}>
        <Radio.Group classNames={{ description: styles.small }} label={<span><b>Bad channels</b> <span className="hint">dead, noisy, outside the brain</span></span>} description={badHelp[badChannels]} value={badChannels} onChange={(to) => onChange(`bad channels: ${to}`, { badChannels: to as BadChannelMode })}>
          <div className={styles.lists} style={{ marginTop: 6 }}>
            <Radio value="leave" label="leave as they are" />
            <Radio value="exclude" label="exclude, found at the time of the run" />
            <Radio value="interpolate" label="interpolate, found at the time of the run" />
          </div>
        </Radio.Group>
      </div>
      <div className={styles.card} data-off={car === 'none'}>
        <Radio.Group classNames={{ description: styles.small }} label={<span><b>CAR</b> <span className="hint">common average reference</span></span>} description="Subtracts at every sample what channels share. Reference sites and excluded channels are neither used nor changed." value={car} onChange={(to) => onChange(`CAR ${to}`, { car: to as CarMode })}>
          <div className={styles.lists} style={{ marginTop: 6 }}>
            <Radio value="none" label="none" />
            <Radio value="gblcar" label="gblcar: median of all channels" />
            <Radio value="gbldmx" label="gbldmx: mean of those read at once" />
            <Radio value="loccar" label="loccar: mean of a ring around each" />
          </div>
        </Radio.Group>
        {car === 'loccar' && (
          <div className={styles.fields}>
            <NumberField label="Inner radius" name="Inner radius" unit="um" min={0} whole value={chain.inner_um} onChange={(inner_um) => onChange('loccar inner radius', { inner_um })} />
            <NumberField label="Outer radius" name="Outer radius" unit="um" min={0} whole value={chain.outer_um} onChange={(outer_um) => onChange('loccar outer radius', { outer_um })} />
          </div>
        )}
      </div>
    </div>
  );
}

/** The previews above show the chain without it: what is bad is only known once the recording was searched. */
const badHelp: Readonly<Record<BadChannelMode, string>> = {
  leave: 'CatGT does not look for them. Channels left out in the step Probes are left out in any case.',
  exclude: "CatGT looks for them before it begins; CAR and gfix do not use them. The previews do not show it. Only Aftergate's own CatGT knows this option.",
  interpolate: "As exclude, and dead and noisy ones are replaced by the mean of their good neighbours. The previews do not show it. Only Aftergate's own CatGT knows this option.",
};

function LfCards({ chain, onChange }: ChainCardsProps) {
  const { lf, lfFilter, tshift, downsample } = chain;
  return (
    <div className={styles.below}>
      <Card title="Process LF" hint="a file of its own" on={lf} onSwitch={(on) => onChange(on ? 'process LF' : 'leave LF', { lf: on })}
        help="Probes with LF files get them shifted and filtered. For full-band probes LF is made from AP: that needs a low-pass." />
      <Card title="tshift" hint="set with AP" on={tshift} onSwitch={(on) => onChange(on ? 'tshift on' : 'tshift off', { tshift: on })} help="One switch for both bands." />
      <Card title="Butterworth" hint="by FFT, no phase" on={lfFilter !== null} onSwitch={(on) => onChange(on ? 'LF filter' : 'no LF filter', { lfFilter: on ? usualLfFilter : null })} help="CAR and gfix do not touch LF.">
        {lfFilter && <FilterFields filter={lfFilter} onChange={(filter) => onChange('LF filter', { lfFilter: filter })} />}
      </Card>
      <div className={styles.card}>
        <NumberField classNames={{ description: styles.small }} label="LF from AP: keep one sample in" name="Down-sampling" min={2} max={30} whole value={downsample} onChange={(to) => onChange('LF down-sampling', { downsample: to })}
          description={`2 to 30, dividing 30,000: at 30 kHz ${Math.round(30000 / downsample)} Hz`} />
      </div>
    </div>
  );
}

interface CardProps {
  readonly title: string;
  readonly hint: string;
  readonly help: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly children?: ReactNode;
}

function Card({ title, hint, help, on, onSwitch, children }: CardProps) {
  return (
    <div className={styles.card} data-off={!on}>
      <Checkbox classNames={{ description: styles.small }} checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} label={<span><b>{title}</b> <span className="hint">{hint}</span></span>} description={help} />
      {children}
    </div>
  );
}

function Corners({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  return (
    <div className={styles.fields}>
      <NumberField label="High-pass from" name="High-pass corner" unit="Hz" min={0} value={filter.high_Hz} onChange={(high_Hz) => onChange({ ...filter, high_Hz })} />
      <NumberField label="Low-pass to" name="Low-pass corner" unit="Hz" min={0} value={filter.low_Hz} onChange={(low_Hz) => onChange({ ...filter, low_Hz })} />
    </div>
  );
}

function FilterFields({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  const isUsual = [6, 12].includes(filter.order);
  return (
    <>
      <div className={styles.fields}>
        <NumberField label="Order" name="Order" min={1} whole value={filter.order} onChange={(order) => onChange({ ...filter, order })} />
        <SegmentedControl aria-label="Usual orders" size="xs" data={['6', '12']} value={isUsual ? String(filter.order) : ''} onChange={(order) => onChange({ ...filter, order: Number(order) })} />
      </div>
      <Corners filter={filter} onChange={onChange} />
      <p className="caption">{orderText(filter.order)} A corner of 0 Hz is none.</p>
    </>
  );
}

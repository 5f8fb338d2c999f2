// The four ways of referencing on the shown moment: figures in a table, small pictures on request.

import { Checkbox } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PreprocessPreview, RequestError, SessionContent } from '../../../../../core/service/contract/index.ts';
import { call, useKept } from '../../../../api/index.ts';
import { Canvas, type Surface } from '../../../../components/canvas/index.ts';
import { Problem, significant, Waiting } from '../../../../components/index.ts';
import { type CarMode, type Chain, chainText } from './chain.ts';
import { drawPanel } from './drawPanel.ts';
import type { Place } from './PlacePicker.tsx';
import { rangeOf } from './pixels.ts';
import styles from './PreprocessStep.module.css';

interface CarCompareProps {
  readonly session: SessionContent;
  readonly chain: Chain;
  readonly place: Place;
  readonly hasMicrons: boolean;
  /** The moment itself comes first. */
  readonly isReady: boolean;
}

/** Pixel columns of the small pictures. */
const COLUMNS = 240;

export function CarCompare({ session, chain, place, hasMicrons, isReady }: CarCompareProps) {
  const [pictures, setPictures] = useKept('session.preprocess.carPictures', false);
  const [inner, outer] = chain.outer_um > chain.inner_um && chain.inner_um >= 10 ? [chain.inner_um, chain.outer_um] : [40, 140];
  const modes: readonly { readonly car: CarMode; readonly name: string }[] = [
    { car: 'none', name: 'none' }, { car: 'gblcar', name: 'gblcar' }, { car: 'gbldmx', name: 'gbldmx' },
    ...(hasMicrons ? [{ car: 'loccar' as const, name: `loccar ${inner},${outer}` }] : []),
  ];
  const answers = useQueries({
    queries: modes.map(({ car }) => {
      const input = { runId: place.runId, stream: place.stream, gate: place.gate, from_s: place.from_s, len_s: place.len_s, channels: [...place.channels] as [number, number], columns: COLUMNS, stages: ['final' as const], options: chainText(session, 'ap', { car, inner_um: inner, outer_um: outer }) };
      return { queryKey: ['preprocess.preview', input], queryFn: ({ signal }: { signal: AbortSignal }): Promise<PreprocessPreview> => call('preprocess.preview', input, { signal }), gcTime: 60_000, enabled: isReady };
    }),
  });
  const failed = answers.find(({ error }) => error)?.error as RequestError | undefined;
  if (failed) return <Problem error={failed} />;
  const none = answers[0]?.data;
  const range = none ? rangeOf(none.planes.final!, none.channels.used, none.columns) : 100;
  if (answers.every(({ data }) => !data)) return <Waiting what="the moment in four ways" />;
  return (
    <section aria-label="Ways of referencing compared" className={styles.below}>
      <table className={styles.compare}>
        <thead><tr><th scope="col">CAR</th><th scope="col" data-number>noise, uV</th><th scope="col" data-number>peaks of large spikes left, %</th><th scope="col" data-number>large spikes</th></tr></thead>
        <tbody>
          {modes.map(({ car, name }, index) => {
            const figures = answers[index].data?.figures;
            return (
              <tr key={car} data-chosen={car === chain.car}>
                <th scope="row">{name}{car === chain.car ? ' (chosen)' : ''}</th>
                <td data-number>{figures ? significant(figures.noiseAfter_uV) : '·'}</td>
                <td data-number>{figures ? (figures.largeSpikesKept_pct === null ? 'no large spikes here' : significant(figures.largeSpikesKept_pct)) : '·'}</td>
                <td data-number>{figures ? figures.largeSpikes : '·'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Checkbox label={`Small pictures, ±${range} uV`} checked={pictures} onChange={(event) => setPictures(event.currentTarget.checked)} />
      {pictures && <div className={styles.maps}>{modes.map(({ car, name }, index) => answers[index].data && <SmallMap key={car} name={name} preview={answers[index].data} range={range} />)}</div>}
    </section>
  );
}

function SmallMap({ name, preview, range }: { readonly name: string; readonly preview: PreprocessPreview; readonly range: number }) {
  const draw = useCallback((surface: Surface) => drawPanel(surface, { preview, plane: preview.planes.final!, range_uV: range, kind: 'heat', hasDepth: false, bare: true, marks: false }), [preview, range]);
  return <figure className={styles.map}><figcaption>{name}</figcaption><Canvas className={styles.canvas} label={`${name}: noise ${significant(preview.figures.noiseAfter_uV)} uV`} draw={draw} /></figure>;
}

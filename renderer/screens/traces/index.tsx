// The traces of an output folder, with the recording it was made from where that is known.

import { useMemo } from 'react';
import type { ScreenProps } from '../../app/screens.ts';
import { folderOf } from '../../components/folderId.ts';
import { ReviewTabs } from '../units/ReviewTabs.tsx';
import { TracesPage } from './Traces.tsx';

export default function TracesScreen({ params }: ScreenProps) {
  const resultId = params['resultId'] ?? '';
  const target = useMemo(() => ({ folder: folderOf(resultId) }), [resultId]);
  const crumbs = useMemo(() => [{ label: 'Review', route: '/review' }], []);
  // The sorter's folder names the file it sorted: a shank's is not its probe's.
  const probe = /[\\/]imec(\d+)_[^\\/]*$/.exec(target.folder)?.[1] ?? /_imec(\d+)([\\/]|$)/.exec(target.folder)?.[1];
  return <TracesPage key={resultId} target={target} preferred={probe && `imec${probe}.ap`} crumbs={crumbs} tabs={<ReviewTabs resultId={resultId} page="traces" />} />;
}

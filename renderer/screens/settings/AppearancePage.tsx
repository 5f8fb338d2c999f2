// Colours, density and size of text.

import { Input, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { type Density, type Scheme, textSizes, useDensity, useScheme, useTextSize } from '../../app/Appearance.tsx';
import styles from './Settings.module.css';

export function AppearancePage() {
  const [scheme, setScheme] = useScheme();
  const [density, setDensity] = useDensity();
  const [textSize, setTextSize] = useTextSize();
  const shown = useComputedColorScheme('dark');
  return (
    <div className={styles.fields}>
      <Input.Wrapper label="Colours" description="Saved pictures are always light.">
        <SegmentedControl fullWidth aria-label="Colours" value={scheme ?? shown} onChange={(value) => setScheme(value as Scheme)} data={[{ value: 'dark', label: 'Dark' }, { value: 'light', label: 'Light' }, { value: 'system', label: 'Like the system' }]} />
      </Input.Wrapper>
      <Input.Wrapper label="Rows of tables" description="Default: compact.">
        <SegmentedControl fullWidth aria-label="Rows of tables" value={density} onChange={(value) => setDensity(value as Density)} data={[{ value: 'compact', label: 'Compact' }, { value: 'comfortable', label: 'Comfortable' }]} />
      </Input.Wrapper>
      <Input.Wrapper label="Size of text" description="Default: 100 %. Everything grows with the text.">
        <SegmentedControl fullWidth aria-label="Size of text" value={String(textSize)} onChange={(value) => setTextSize(Number(value))} data={textSizes.map((size) => ({ value: String(size), label: `${size} %` }))} />
      </Input.Wrapper>
    </div>
  );
}

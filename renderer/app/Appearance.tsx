// The look the user chose in the settings, applied to the page: dark, light or the system's, density of rows, size of text.
// Kept in the profile, so that every window and the next start have it too.

import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useKept } from '../api/index.ts';

export type Scheme = 'dark' | 'light' | 'system';
export type Density = 'compact' | 'comfortable';

/** %, smallest to largest; everything on the page grows with its text. */
export const textSizes = [90, 100, 110, 120, 130] as const;

/** undefined: nobody has chosen; dark, or light where the system says so at the first start. */
export const useScheme = () => useKept<Scheme | undefined>('appearance.scheme', undefined);
export const useDensity = () => useKept<Density>('appearance.density', 'compact');
export const useTextSize = () => useKept<number>('appearance.textSize', 100);

export function Appearance() {
  const [scheme] = useScheme();
  const [density] = useDensity();
  const [textSize] = useTextSize();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (scheme) setColorScheme(scheme === 'system' ? 'auto' : scheme);
  }, [scheme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  useEffect(() => {
    document.documentElement.style.setProperty('zoom', textSize === 100 ? '' : `${textSize}%`);
  }, [textSize]);
  return null;
}

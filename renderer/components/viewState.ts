// View state in the address, after `?`: a copied link reopens the same view, and back works.

import { useCallback, useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';

/** `const [view, setView] = useViewState({f: '', sort: 'name'})`: texts by name; values equal to the initial ones are left out of the address. */
export function useViewState<View extends Readonly<Record<string, string>>>(initial: View): readonly [View, (changes: Partial<View>, options?: { readonly push?: boolean }) => void] {
  useHashLocation(); // redraws when the address changes
  const { hash } = location;
  const view = useMemo(() => ({ ...initial, ...Object.fromEntries(new URLSearchParams(hash.split('?')[1] ?? '')) }) as View, [hash, initial]);
  const change = useCallback((changes: Partial<View>, { push = false } = {}) => {
    const [path, query = ''] = location.hash.split('?');
    const params = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === initial[name]) params.delete(name);
      else params.set(name, value as string);
    }
    const text = params.toString();
    const next = `${path}${text ? `?${text}` : ''}`;
    if (next === location.hash) return;
    history[push ? 'pushState' : 'replaceState'](history.state, '', next);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, [initial]);
  return [view, change];
}

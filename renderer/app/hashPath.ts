// The address as the router sees it: the path after `#`, without the view state that stands behind `?` (see useViewState).

import { useHashLocation } from 'wouter/use-hash-location';

function go(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', `#${to.startsWith('/') ? to : `/${to}`}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export const useHashPath = Object.assign(
  (): [string, typeof go] => {
    const [address] = useHashLocation();
    return [address.split('?')[0], go];
  },
  { hrefs: (href: string) => `#${href}` },
);

// The frame with the screen that the address names. Screens load when they are first shown.

import { lazy, Suspense } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { Frame } from './Frame.tsx';
import { useHashPath } from './hashPath.ts';
import { ScreenGuard } from './ScreenGuard.tsx';
import { screens } from './screens.ts';
import { Waiting } from '../components/index.ts';

const pages = screens.map(({ path, load }) => ({ path, Screen: lazy(load) }));

export function App() {
  return (
    <Router hook={useHashPath}>
      <Frame>
        <Suspense fallback={<Waiting what="screen" />}>
          <Switch>
            {pages.map(({ path, Screen }) => (
              <Route key={path} path={path}>
                {(params) => <ScreenGuard key={path}><Screen params={params as Readonly<Record<string, string | undefined>>} /></ScreenGuard>}
              </Route>
            ))}
            <Route><Redirect to="/runs" replace /></Route>
          </Switch>
        </Suspense>
      </Frame>
    </Router>
  );
}

// Where the page starts: theme, cache, connection, then the frame with the screen of the address.

import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { connect, queryClient } from './api/index.ts';
import { App } from './app/App.tsx';
import { Appearance } from './app/Appearance.tsx';
import { theme, variables } from './theme/theme.ts';

const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';

connect();
createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme={preferred}>
    <QueryClientProvider client={queryClient}>
      <Notifications position="top-right" autoClose={8000} />
      <Appearance />
      <App />
    </QueryClientProvider>
  </MantineProvider>,
);

// What no page may do, whatever it shows: leave the application, open windows, embed others, ask for permissions.

import { app, session } from 'electron';

export const pageOrigin = 'app://aftergate';

export function isOurPage(url: string | undefined): boolean {
  return url !== undefined && (url === pageOrigin || url.startsWith(`${pageOrigin}/`));
}

/** Of the window's page. */
export const webPreferences = { contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, webSecurity: true, webviewTag: false, spellcheck: false } as const;

export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!isOurPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  void app.whenReady().then(() => {
    // Copying text is all a page of ours needs.
    const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
    session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
    session.defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  });
}

// The desktop shell: one window on the service, which runs in this process with its threads. Everything that knows about
// recordings is behind core/service; here is what only a desktop program can do.

import { app, BrowserWindow, dialog, Notification, shell as desktop } from 'electron';
import path from 'node:path';
import { createService, defaultProfileFolder, type Service } from '../core/service/index.ts';
import { carryRequests } from './ipc.ts';
import { setMenu } from './menu.ts';
import { keepAwake } from './power.ts';
import { pagesScheme, servePages } from './protocol.ts';
import { askBeforeQuitting } from './quit.ts';
import { guardContents } from './security.ts';
import { openWindow } from './window.ts';

/** The folder of this bundle: dist/electron. */
const here = import.meta.dirname;

export async function start(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.setName('Aftergate');
  if (process.platform === 'win32') app.setAppUserModelId('org.aftergate.app');
  pagesScheme();
  guardContents();
  await app.whenReady();
  servePages(path.join(here, '..', 'renderer'));

  const service = await createService({
    profileFolder: process.env['AFTERGATE_PROFILE'] ?? defaultProfileFolder(),
    shell: {
      carrier: 'desktop',
      async pickFolder(title, from) {
        const { canceled, filePaths } = await dialog.showOpenDialog({ title, defaultPath: from, properties: ['openDirectory', 'createDirectory'] });
        return canceled ? null : (filePaths[0] ?? null);
      },
      reveal: (file) => Promise.resolve(desktop.showItemInFolder(file)),
      notify: (title, text) => notify(title, text),
      keepAwake,
    },
  });
  carryRequests(service);
  setMenu();
  tellNotices(service);

  let window = await openWindow(service, path.join(here, 'preload.cjs'));
  const show = async () => {
    if (window.isDestroyed()) window = await openWindow(service, path.join(here, 'preload.cjs'));
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  app.on('second-instance', () => void show());
  app.on('activate', () => void show());
  askBeforeQuitting(service, () => window);
}

/** What the service wants said even when nobody looks at the window. */
function tellNotices(service: Service): void {
  service.listen((event) => {
    if (event.name === 'app.notice' && event.data.native) notify('Aftergate', event.data.text);
  });
}

function notify(title: string, body: string): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', () => BrowserWindow.getAllWindows()[0]?.show());
  notification.show();
}

start().catch((error: unknown) => {
  dialog.showErrorBox('Aftergate cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
});

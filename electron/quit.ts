// Quitting while work runs asks what shall become of it.

import { app, type BrowserWindow, dialog } from 'electron';
import type { Service } from '../core/service/index.ts';

const choices = ['Keep working in the background', 'Stop after this step', 'Stop now', 'Cancel'] as const;

/** @param current the window there is now */
export function askBeforeQuitting(service: Service, current: () => BrowserWindow): void {
  let isAnswered = false;
  let isAsking = false;

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const { response } = await dialog.showMessageBox(current(), {
      type: 'question', buttons: [...choices], defaultId: 0, cancelId: 3, noLink: true,
      message: 'Work is still running.',
      detail: `${service.busy().join('\n')}\n\nFinished steps are kept either way, and work that was stopped goes on from there.`,
    });
    isAsking = false;
    if (response === 0) current().hide();
    if (response === 1) stopAfterStep();
    if (response === 2) quit();
  }

  function quit(): void {
    isAnswered = true;
    app.quit();
  }

  function stopAfterStep(): void {
    current().hide();
    void service.call('queue.pause', {});
    const stopListening = service.listen(() => {
      if (service.busy().length > 0) return;
      stopListening();
      quit();
    });
  }

  const hold = (event: { preventDefault(): void }) => {
    if (isAnswered || service.busy().length === 0) return;
    event.preventDefault();
    void ask();
  };
  current().on('close', hold);
  app.on('before-quit', hold);
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void service.close().catch(() => undefined).then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

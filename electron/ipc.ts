// The service over IPC: requests, their cancellation, events. Only our own page is answered.

import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { type Service, toFailure } from '../core/service/index.ts';
import { isOurPage } from './security.ts';

export const channels = { call: 'aftergate:call', cancel: 'aftergate:cancel', event: 'aftergate:event' } as const;

export function carryRequests(service: Service): void {
  const running = new Map<string, AbortController>();
  const keyOf = (event: IpcMainEvent | IpcMainInvokeEvent, requestId: unknown) => `${event.sender.id}/${String(requestId)}`;

  ipcMain.handle(channels.call, async (event, name: unknown, input: unknown, requestId: unknown) => {
    if (!isOurPage(event.senderFrame?.url)) return { failure: { tag: 'not-allowed', text: 'This page may not ask Aftergate anything.' } };
    const abort = new AbortController();
    running.set(keyOf(event, requestId), abort);
    const progress = (done: number, total: number, noun: string) => {
      if (!event.sender.isDestroyed()) event.sender.send(channels.event, { seq: 0, name: 'progress', data: { requestId: String(requestId), done, total, noun } });
    };
    try {
      return { answer: await service.call(String(name), input, { signal: abort.signal, progress }) };
    } catch (error) {
      return { failure: abort.signal.aborted ? { tag: 'aborted', text: 'The request was cancelled.' } : toFailure(error) };
    } finally {
      running.delete(keyOf(event, requestId));
    }
  });

  ipcMain.on(channels.cancel, (event, requestId: unknown) => {
    if (isOurPage(event.senderFrame?.url)) running.get(keyOf(event, requestId))?.abort();
  });

  service.listen((event) => {
    for (const window of BrowserWindow.getAllWindows()) if (!window.isDestroyed()) window.webContents.send(channels.event, event);
  });
}

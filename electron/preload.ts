// The only thing the page gets from the desktop: functions that carry requests and events, and the
// path of what is dropped on it. Bundled as CommonJS,
// because a sandboxed preload script is never a module.

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../renderer/api/carrier.ts';

const bridge: Bridge = {
  call: (name, input, requestId) => ipcRenderer.invoke('aftergate:call', name, input, requestId) as ReturnType<Bridge['call']>,
  cancel: (requestId) => ipcRenderer.send('aftergate:cancel', requestId),
  listen: (onEvent) => void ipcRenderer.on('aftergate:event', (_event, message) => onEvent(message as never)),
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('aftergate', bridge);

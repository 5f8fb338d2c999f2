// The window: where it was and how large, our page in it, nothing else.

import { BrowserWindow, screen } from 'electron';
import type { Service } from '../core/service/index.ts';
import { pageOrigin, webPreferences } from './security.ts';

interface WindowState {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const first: WindowState = { width: 1440, height: 900, maximized: false };

/** @param preload path of the bundled preload script */
export async function openWindow(service: Service, preload: string): Promise<BrowserWindow> {
  const { values } = (await service.call('profile.get', {})) as { readonly values: Readonly<Record<string, unknown>> };
  const state = visible(values['window']);
  const window = new BrowserWindow({
    x: state.x, y: state.y, width: state.width, height: state.height, minWidth: 1024, minHeight: 640,
    show: false, autoHideMenuBar: true, backgroundColor: '#121518', title: 'Aftergate',
    webPreferences: { ...webPreferences, preload },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepState(window, service);
  await window.loadURL(`${pageOrigin}/`);
  return window;
}

/** The last place, unless that screen is no longer there. */
function visible(value: unknown): WindowState {
  if (typeof value !== 'object' || value === null) return first;
  const { x, y, width, height, maximized } = value as Partial<WindowState>;
  if (typeof width !== 'number' || typeof height !== 'number') return first;
  const size = { width, height, maximized: maximized === true };
  if (typeof x !== 'number' || typeof y !== 'number') return size;
  const isOn = ({ workArea }: { readonly workArea: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } }) =>
    x + width > workArea.x + 100 && x < workArea.x + workArea.width - 100 && y >= workArea.y - 10 && y < workArea.y + workArea.height - 50;
  return screen.getAllDisplays().some(isOn) ? { ...size, x, y } : size;
}

function keepState(window: BrowserWindow, service: Service): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => void service.call('profile.set', { name: 'window', value: { ...window.getNormalBounds(), maximized: window.isMaximized() } }).catch(() => undefined);
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!window.isDestroyed()) save(); }, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', save);
}

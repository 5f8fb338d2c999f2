// A stand-in for the `electron` module: enough of it to start the real main process and to see what it did. Its windows
// are pages of a Chromium (see pages.ts); without one they only remember.

import { EventEmitter } from 'node:events';

export interface StandInPage {
  load(url: string, options: Readonly<Record<string, unknown>>, contents: WebContents): Promise<void>;
  send(channel: string, message: unknown): void;
}

/** What tests look at and set. */
export const seen = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  pages: new Map<string, (request: Request) => Promise<Response>>(),
  handlers: new Map<string, (event: unknown, ...args: unknown[]) => unknown>(),
  notifications: [] as { title: string; body: string }[],
  dialogs: [] as { buttons: string[]; detail: string }[],
  /** What the next message box is answered with. */
  answer: 3,
  blockers: new Set<number>(),
  revealed: [] as string[],
  errors: [] as string[],
  menu: undefined as unknown,
  permission: undefined as ((contents: unknown, permission: string, answer: (allowed: boolean) => void) => void) | undefined,
  quits: 0,
  hasLock: true,
  openPage: undefined as (() => Promise<StandInPage>) | undefined,
};

class App extends EventEmitter {
  isReady = Promise.resolve();
  requestSingleInstanceLock = () => seen.hasLock;
  setName = () => undefined;
  setAppUserModelId = () => undefined;
  whenReady = () => this.isReady;
  exit = () => undefined;
  quit = () => {
    const before = new Stoppable();
    this.emit('before-quit', before);
    if (before.isStopped) return;
    const will = new Stoppable();
    this.emit('will-quit', will);
    if (!will.isStopped) seen.quits += 1;
  };
}

export class Stoppable {
  isStopped = false;
  constructor(readonly url = '') {}
  preventDefault = () => { this.isStopped = true; };
}

export class WebContents extends EventEmitter {
  readonly id = 1;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  page: StandInPage | undefined;
  setWindowOpenHandler = (handler: WebContents['openHandler']) => { this.openHandler = handler; };
  isDestroyed = () => false;
  send = (channel: string, message: unknown) => this.page?.send(channel, message);
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.all;
  readonly webContents = new WebContents();
  isShown = false;
  url = '';
  constructor(readonly options: Readonly<Record<string, unknown>> & { readonly webPreferences: Readonly<Record<string, unknown>> }) {
    super();
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
    this.webContents.page = await seen.openPage?.();
    await this.webContents.page?.load(url, this.options.webPreferences, this.webContents);
    this.emit('ready-to-show');
  }
  show = () => { this.isShown = true; };
  hide = () => { this.isShown = false; };
  focus = () => undefined;
  maximize = () => undefined;
  isMinimized = () => false;
  isMaximized = () => false;
  isDestroyed = () => false;
  restore = () => undefined;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 });
}

export const app = new App();
export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => void seen.handlers.set(channel, handler),
  on: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => void seen.handlers.set(channel, handler),
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof seen.schemes) => { seen.schemes = schemes; },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void seen.pages.set(scheme, handler),
};
export const session = { defaultSession: {
  setPermissionRequestHandler: (handler: typeof seen.permission) => { seen.permission = handler; },
  setPermissionCheckHandler: () => undefined,
} };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = { showItemInFolder: (file: string) => void seen.revealed.push(file) };
export const dialog = {
  showMessageBox: (_window: unknown, options: { buttons: string[]; detail: string }) => { seen.dialogs.push(options); return Promise.resolve({ response: seen.answer }); },
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
  showErrorBox: (_title: string, text: string) => void seen.errors.push(text),
};
export const Menu = { setApplicationMenu: (menu: unknown) => { seen.menu = menu; }, buildFromTemplate: (template: unknown) => template };
let blockers = 0;
export const powerSaveBlocker = {
  start: () => { seen.blockers.add(++blockers); return blockers; },
  stop: (id: number) => void seen.blockers.delete(id),
};
export class Notification extends EventEmitter {
  static isSupported = () => true;
  constructor(readonly options: { title: string; body: string }) { super(); }
  show = () => void seen.notifications.push(this.options);
}

// app://aftergate/: the built renderer, with the same policy as over HTTP.

import { protocol } from 'electron';
import { readPage } from '../core/service/index.ts';

/** Before the program is ready: the scheme behaves like https. */
export function pagesScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** @param folder of the built renderer */
export function servePages(folder: string): void {
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const page = host === 'aftergate' && method === 'GET' ? await readPage(folder, pathname) : undefined;
    return page ? new Response(page.bytes as Uint8Array<ArrayBuffer>, { headers: page.headers }) : new Response('Not found', { status: 404 });
  });
}

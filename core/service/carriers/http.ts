// The service over HTTP and WebSocket, on this computer only: POST /api/<request> with JSON, events on /events. Every
// request of the API must carry the token, come from our own page (Origin) and name the loopback address (Host), so that
// neither another program's page nor a renamed address reaches it.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { isAbort, JobError } from '../../common/index.ts';
import { encodeAnswer, type Failure, holdsArrays } from '../contract/index.ts';
import { toFailure } from '../house/index.ts';
import type { Service } from '../service.ts';
import { readPage } from './pages.ts';

export interface HttpOptions {
  /** 0: any free one. */
  readonly port?: number;
  /** Folder of the built renderer. */
  readonly pages: string;
  readonly token?: string;
}

export interface HttpServer {
  readonly port: number;
  readonly token: string;
  /** To open in a browser. */
  readonly url: string;
  close(): Promise<void>;
}

/** The largest request that is read, bytes: pasted scripts and imported sessions are far smaller. */
const largest = 16 * 1024 * 1024;

/** Throws JobError when the port is taken. */
export async function serveHttp(service: Service, options: HttpOptions): Promise<HttpServer> {
  const token = options.token ?? randomBytes(24).toString('base64url');
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'aftergate' });
  const port = await listening(server, options.port ?? 0);

  const isOurHost = (request: IncomingMessage) => [`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? '');
  const isOurOrigin = ({ headers: { origin } }: IncomingMessage) => origin === undefined || origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;
  const isToken = (text: string | undefined) => text !== undefined && sameText(text, token);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!isOurHost(request) || !isOurOrigin(request)) return refuse(response, 403, 'This address answers Aftergate\'s own page only.');
    if (pathname.startsWith('/api/')) return api(request, response, pathname.slice('/api/'.length));
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET is answered here.');
    const page = await readPage(options.pages, pathname);
    if (!page) return refuse(response, 404, `There is no ${pathname} here.`);
    response.writeHead(200, page.headers).end(request.method === 'HEAD' ? undefined : page.bytes);
  }

  async function api(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (!isToken(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1])) {
      return refuse(response, 401, 'The token is missing or wrong.', 'Open the address that Aftergate printed when it started.');
    }
    if (request.method !== 'POST') return refuse(response, 405, 'Requests are POSTed.');
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refuse(response, 415, 'Requests are JSON.');
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    try {
      const input: unknown = JSON.parse((await readBody(request)) || '{}');
      const requestId = request.headers['x-request-id'];
      const progress = (done: number, total: number, noun: string) => {
        if (typeof requestId === 'string') broadcast(JSON.stringify({ seq: 0, name: 'progress', data: { requestId, done, total, noun } }));
      };
      const value = await service.call(name, input, { signal: abort.signal, progress });
      if (!response.writable) return;
      if (holdsArrays(value)) response.writeHead(200, { 'content-type': 'application/octet-stream', ...noStore }).end(encodeAnswer(value));
      else response.writeHead(200, { 'content-type': 'application/json', ...noStore }).end(JSON.stringify(value ?? null));
    } catch (error) {
      if (abort.signal.aborted || (isAbort(error) && !response.writable)) return;
      const failure = error instanceof SyntaxError ? { tag: 'usage', text: 'The request is not JSON.' } : toFailure(error);
      send(response, statusOf(failure), failure);
    }
  }

  function broadcast(text: string): void {
    for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(text);
  }
  const stopListening = service.listen((event) => broadcast(JSON.stringify(event)));

  server.on('upgrade', (request, socket, head) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isAllowed = pathname === '/events' && isOurHost(request) && isOurOrigin(request) && offered.some((text) => text.startsWith('token.') && isToken(text.slice(6)));
    if (!isAllowed) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, () => undefined);
  });

  return {
    port,
    token,
    url: `http://127.0.0.1:${port}/#token=${token}`,
    async close() {
      stopListening();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function statusOf({ tag }: Failure): number {
  switch (tag) {
    case 'unknown-request': return 404;
    case 'usage':
    case 'parameter': return 400;
    case 'not-allowed': return 403;
    case 'stale': return 409;
    case 'bug': return 500;
    default: return 422;
  }
}

function refuse(response: ServerResponse, status: number, text: string, next?: string): void {
  send(response, status, { tag: status === 401 || status === 403 ? 'not-allowed' : 'usage', text, next });
}

function send(response: ServerResponse, status: number, failure: Failure): void {
  if (response.headersSent || !response.writable) return;
  response.writeHead(status, { 'content-type': 'application/json', ...noStore }).end(JSON.stringify(failure));
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largest) throw new JobError('The request is larger than Aftergate reads.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new JobError(
      error.code === 'EADDRINUSE' ? `port ${port} is taken by another program` : `cannot listen on port ${port}: ${error.message}`,
      { next: 'Leave --port out to use any free one.', cause: error },
    )));
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

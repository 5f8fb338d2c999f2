// The loopback server: our own page with the token is answered, everybody else is not.

import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createService, serveHttp, type HttpServer, type Service } from '../../../../core/service/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let service: Service;
let server: HttpServer;
let folder: string;

beforeAll(async () => {
  folder = await fs.realpath(await temporaryFolder());
  await fs.mkdir(path.join(folder, 'pages'));
  await fs.mkdir(path.join(folder, 'data'));
  await fs.writeFile(path.join(folder, 'pages', 'index.html'), '<!doctype html><title>page</title>');
  await fs.writeFile(path.join(folder, 'secret.txt'), 'secret');
  service = await createService({ profileFolder: path.join(folder, 'profile'), roots: [path.join(folder, 'data')], workers: 1 });
  server = await serveHttp(service, { pages: path.join(folder, 'pages') });
});

afterAll(async () => {
  await server.close();
  await service.close();
});

interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** node:http, because fetch neither sets Host nor leaves `..` in a path. */
function request(pathname: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers, body } = options;
    http.request({ host: '127.0.0.1', port: server.port, path: pathname, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    }).on('error', reject).end(body);
  });
}

const ask = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  request(`/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}`, ...headers }, body: JSON.stringify(input) });

describe('the loopback server', () => {
  test('answers a request with the token', async () => {
    const reply = await ask('app.info', {});
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ carrier: 'browser', canPickFolder: false });
  });

  test.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['another page\'s origin', { origin: 'http://evil.example' }, 403],
    ['another port\'s origin', { origin: 'http://127.0.0.1:1' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a name that leads here', { host: 'evil.example' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_what, headers, status) => {
    const reply = await ask('app.info', {}, headers);
    expect(reply.status).toBe(status);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('says what is wrong with a request', async () => {
    expect((await ask('no.such', {})).status).toBe(404);
    const wrong = await ask('roots.add', { path: 3 });
    expect(wrong.status).toBe(400);
    expect(JSON.parse(wrong.body)).toMatchObject({ tag: 'usage' });
    expect((await ask('constructor', {})).status).toBe(404);
  });

  test('refuses folders outside --root', async () => {
    const reply = await ask('roots.add', { path: folder });
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.body)).toMatchObject({ tag: 'not-allowed' });
    expect((await ask('folders.browse', { path: path.join(folder, 'profile') })).status).toBe(403);
  });

  test('hands out the pages with a strict policy, and nothing beside them', async () => {
    const page = await request('/');
    expect(page.status).toBe(200);
    const policy = page.headers['content-security-policy'] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    for (const way of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%5c..%5csecret.txt', '/%00', '/%zz']) {
      expect((await request(way)).status, way).toBe(404);
    }
  });

  test('a request whose page has gone is aborted', async () => {
    let reason: unknown;
    const aborted = new Promise<void>((resolve) => {
      const slow: Service = { ...service, call: (_name, _input, options) => new Promise((_resolve, reject) => {
        options!.signal!.addEventListener('abort', () => { reason = options!.signal!.reason; reject(options!.signal!.reason as Error); resolve(); });
        abort.abort();
      }) };
      const abort = new AbortController();
      void serveHttp(slow, { pages: folder }).then(async (other) => {
        await fetch(`http://127.0.0.1:${other.port}/api/app.info`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${other.token}` }, body: '{}', signal: abort.signal }).catch(() => undefined);
        await other.close();
      });
    });
    await aborted;
    expect(reason).toMatchObject({ name: 'AbortError' });
  });

  test('events need the token, too', async () => {
    const open = (protocols: string[], headers = {}) => new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, protocols, { headers });
      socket.on('open', () => { resolve('open'); socket.terminate(); });
      socket.on('error', () => resolve('refused'));
    });
    expect(await open(['aftergate', `token.${server.token}`])).toBe('open');
    expect(await open(['aftergate', 'token.wrong'])).toBe('refused');
    expect(await open([])).toBe('refused');
    expect(await open(['aftergate', `token.${server.token}`], { origin: 'http://evil.example' })).toBe('refused');
  });

  test('events reach the page with their numbers', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, ['aftergate', `token.${server.token}`]);
    await new Promise((resolve) => socket.on('open', resolve));
    const next = new Promise<string>((resolve) => socket.on('message', (data: Buffer) => resolve(data.toString())));
    await ask('profile.set', { name: 'x', value: 1 });
    expect(JSON.parse(await next)).toMatchObject({ seq: expect.any(Number) as number, name: 'profile.changed', data: { name: 'x' } });
    socket.terminate();
  });
});

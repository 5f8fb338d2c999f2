// The renderer's files as both carriers hand them out: same types, same policy.

import fs from 'node:fs/promises';
import path from 'node:path';

/** Nothing but our own files; styles may be set by scripts (the component library and plotly do). */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'",
  "worker-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.map': 'application/json',
};

export function mediaTypeOf(file: string): string {
  return types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

export interface Page {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param pathname as in the URL, decoded or not. undefined for what is not one of the files in `folder`. */
export async function readPage(folder: string, pathname: string): Promise<Page | undefined> {
  const name = decoded(pathname);
  if (name === undefined || name.includes('\0') || name.includes('\\')) return undefined;
  const file = path.join(folder, name === '/' ? 'index.html' : name);
  const between = path.relative(folder, file);
  if (between.startsWith('..') || path.isAbsolute(between)) return undefined;
  const bytes = await fs.readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  // Built files carry a hash of their content in their names, but for the entry page.
  const isNamedByContent = /-[\w-]{8}\.(js|css)$/.test(file);
  return {
    bytes,
    headers: {
      'content-type': mediaTypeOf(file),
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-store',
    },
  };
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

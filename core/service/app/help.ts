// The help pages that come with the program: Markdown files in resources/help.

import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputFileError, inputFileError } from '../../common/index.ts';

export interface HelpPage {
  readonly page: string;
  readonly title: string;
}

/** In the order they are read; pages that are not listed here come last. */
const order = ['start', 'runs', 'session', 'extraction', 'preprocessing', 'sorting', 'sync', 'preflight', 'queue', 'review', 'json', 'command-line', 'differences'];

function helpFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const found = [path.join(here, '..', '..'), path.join(here, '..', '..', '..')].map((root) => path.join(root, 'resources', 'help')).find((folder) => existsSync(folder));
  if (!found) throw new InputFileError('resources/help', 'the help pages are missing', { next: 'Install Aftergate again.' });
  return found;
}

export async function helpPages(): Promise<readonly HelpPage[]> {
  const folder = helpFolder();
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
  const place = (page: string) => (order.includes(page) ? order.indexOf(page) : order.length);
  const pages = await Promise.all(names.map(async (page) => ({ page, title: titleOf(await fs.readFile(path.join(folder, `${page}.md`), 'utf8'), page) })));
  return pages.sort((a, b) => place(a.page) - place(b.page) || a.page.localeCompare(b.page, 'en'));
}

/** @param page a name from helpPages. Throws InputFileError. */
export async function helpPage(page: string): Promise<HelpPage & { readonly markdown: string }> {
  const file = path.join(helpFolder(), `${page}.md`);
  const markdown = await fs.readFile(file, 'utf8').catch((error: unknown) => { throw inputFileError(file, error); });
  return { page, title: titleOf(markdown, page), markdown };
}

function titleOf(markdown: string, page: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1].trim() ?? page;
}

// The session inside a zip that "Export as zip" made, or that somebody packed of an exported folder. Nothing is unpacked to
// the disk; only session.json is read.

import path from 'node:path';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { InputFileError } from '../../common/index.ts';
import { largestZip_B } from '../contract/index.ts';

/** Unpacked, bytes. */
const largestSession = 20_000_000;
const mostEntries = 20_000;

const sessionName = 'session.json';

export interface ZippedSession {
  readonly text: string;
  /** The folder inside the zip that holds it, '' at the top: relative paths start there. */
  readonly folder: string;
}

/** @param zip its path or name, for errors. Throws InputFileError for what is no zip, holds no session, leads out of its folder, or is too large. */
export function sessionInZip(bytes: Uint8Array, zip: string): ZippedSession {
  if (bytes.length > largestZip_B) throw tooLarge(zip);
  const entries: UnzipFileInfo[] = [];
  const list = (entry: UnzipFileInfo) => {
    if (entries.push(entry) > mostEntries) throw new InputFileError(zip, `holds more than ${mostEntries} files`, { next: wanted });
    return false;
  };
  unzip(bytes, zip, list);
  for (const { name } of entries) if (leadsOut(name)) throw new InputFileError(zip, `holds '${name}', a path that leads out of its folder`, { next: 'Do not unpack it; export the session again.' });
  const entry = topMost(entries.filter(({ name }) => path.posix.basename(name) === sessionName), zip);
  if (entry.originalSize > largestSession) throw tooLarge(zip);
  const found = unzip(bytes, zip, ({ name }) => name === entry.name)[entry.name];
  return { text: new TextDecoder().decode(found), folder: entry.name.slice(0, -sessionName.length) };
}

const wanted = 'Choose a zip that "The same as a zip" of Export made, or the session.json itself.';

export function tooLarge(zip: string): InputFileError {
  return new InputFileError(zip, `is larger than an exported session can be (${largestZip_B / 1e6} MB, unpacked ${largestSession / 1e6} MB)`, { next: wanted });
}

/** What is unpacked takes the size that the list of the zip tells, never more: fflate stops there. */
function unzip(bytes: Uint8Array, zip: string, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof InputFileError) throw error;
    throw new InputFileError(zip, `is not a zip that can be read (${(error as Error).message})`, { next: 'Copy or export it again: it is damaged, cut off, or of another kind.', cause: error });
  }
}

/** Absolute, with a drive, or up and out; by the rules of Windows as well. */
function leadsOut(name: string): boolean {
  const plain = name.replaceAll('\\', '/');
  return plain.startsWith('/') || /^[A-Za-z]:/.test(plain) || path.posix.normalize(plain).split('/')[0] === '..';
}

/** Where folders of modules hold sessions of their own, the outer one is meant. */
function topMost(sessions: readonly UnzipFileInfo[], zip: string): UnzipFileInfo {
  const depth = ({ name }: UnzipFileInfo) => name.split('/').length;
  const [first, second] = [...sessions].sort((a, b) => depth(a) - depth(b));
  if (!first) throw new InputFileError(zip, `holds no ${sessionName}`, { next: wanted });
  if (second && depth(second) === depth(first)) throw new InputFileError(zip, `holds several sessions: ${first.name} and ${second.name}`, { next: 'Unpack it and import the session.json that is meant.' });
  return first;
}

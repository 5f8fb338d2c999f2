// A file that was dropped, as `session.import` takes it: texts as they are, zips as base64.

import { type Input, largestZip_B } from '../../../core/service/contract/index.ts';

/** Throws Error for a zip that is larger than an export can be. */
export async function droppedFile(file: File): Promise<Input<'session.import'>> {
  const name = file.name.replace(/((-input)?\.json|\.zip|\.py)$/i, '');
  if (!/\.zip$/i.test(file.name)) return { text: await file.text(), name };
  if (file.size > largestZip_B) throw new Error(`${file.name}: is larger than an exported session can be (${largestZip_B / 1e6} MB). Choose a zip that Export made.`);
  return { zip: await base64(file), name };
}

function base64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(new Error(reader.error?.message ?? 'The file cannot be read.'));
    reader.readAsDataURL(file);
  });
}

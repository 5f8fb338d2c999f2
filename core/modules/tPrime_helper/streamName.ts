// The names streams go by in lists and parameters: `ni`, `obx0`, `imec3`.

/**
 * The stream a text is about: `ni`, `nidq`, `times_ni_0` -> `ni`; `obx1_0` -> `obx1`; `imec12_3` -> `imec12`; `imec` without
 * a number is the one probe of a 3A run, `imec0`. Undefined when it names none.
 */
export function streamName(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  const numbered = /(obx|imec)(\d*)/.exec(plain);
  if (numbered && (numbered[1] === 'imec' || numbered[2] !== '')) return `${numbered[1]}${Number(numbered[2])}`;
  return plain.includes('ni') ? 'ni' : undefined;
}

/** The stream that an edge file of CatGT belongs to, by its name. */
export function streamOfFile(file: string): string | undefined {
  const name = file.replace(/^.*[\\/]/, '');
  if (/\.nidq\./i.test(name)) return 'ni';
  return streamName(/\.(obx\d+|imec\d*)\./i.exec(name)?.[1] ?? '');
}

/** The number of a probe stream; undefined for other streams. */
export function probeOf(stream: string): number | undefined {
  return stream.startsWith('imec') ? Number(stream.slice('imec'.length)) : undefined;
}

// How the files of single shanks are numbered, in the field's way: 1000 + 10 * probe + shank. So imec1012 is shank 2 of
// imec1, and its sync edges, its clock and its folder are those of imec1.

const first = 1000;
const perProbe = 10;

export function shankNumber(probe: number, shank: number): number {
  return first + perProbe * probe + shank;
}

/** The probe that a number stands for: its own, or that of the shank. */
export function physicalProbe(number: number): number {
  return number < first ? number : Math.floor((number - first) / perProbe);
}

/** The shank that a number stands for; undefined: a whole probe. */
export function shankOf(number: number): number | undefined {
  return number < first ? undefined : (number - first) % perProbe;
}

/** As people say it: `imec1`, `imec1 shank 2`. */
export function probeTitle(number: number): string {
  const shank = shankOf(number);
  return `imec${physicalProbe(number)}${shank === undefined ? '' : ` shank ${shank}`}`;
}

/** `imec1012` -> `imec1 shank 2`; everything else as it is. */
export function deviceTitle(device: string): string {
  return device.replace(/^imec(\d+)$/, (_, number: string) => probeTitle(Number(number)));
}

/** `imec1012`, `imec1012.ap` -> `imec1`, `imec1.ap`; everything else as it is. */
export function withPhysicalProbe(label: string): string {
  return label.replace(/^imec(\d{4,})/, (_, number: string) => `imec${physicalProbe(Number(number))}`);
}

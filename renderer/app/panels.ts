// F6 goes round the parts of the page: areas, top bar, the panels of the screen, footer. Each is entered at the first thing
// in it that can be focused.

const panels = 'nav, header, main section[aria-label], main aside, main [role=grid], main [role=group][aria-label], main [role=region], footer, [role=dialog]';
const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

export function toNextPanel(step: 1 | -1): void {
  const top = document.querySelector('[role=dialog]') ?? document;
  const stops = [...top.querySelectorAll<HTMLElement>(panels)].flatMap((panel) => entryOf(panel) ?? []).filter((stop, index, all) => all.indexOf(stop) === index);
  const next = nextStop(stops.map((stop) => (document.activeElement ? stop.compareDocumentPosition(document.activeElement) : 0)), step);
  stops[next]?.focus();
}

function entryOf(panel: HTMLElement): HTMLElement | undefined {
  const entries = panel.matches(focusable) ? [panel] : [...panel.querySelectorAll<HTMLElement>(focusable)];
  return entries.find((element) => element.getClientRects().length > 0);
}

/**
 * The stop after (or before) the focus, round and round.
 * @param positions where the focus lies seen from each stop, in document order, as compareDocumentPosition tells it
 */
export function nextStop(positions: readonly number[], step: 1 | -1): number {
  const following = 4; // Node.DOCUMENT_POSITION_FOLLOWING: the focus comes after the stop
  const within = positions.map((position) => position === 0 || (position & following) !== 0);
  const here = within.lastIndexOf(true);
  const from = step < 0 && here >= 0 && positions[here] !== 0 ? here + 1 : here;
  return (from + step + positions.length) % Math.max(1, positions.length);
}

// The panes as one picture file: as they are arranged, light as paper, with a caption that says what they show.

import { clock, significant } from '../../components/format.ts';
import type { Look } from '../../theme/plotLook.ts';
import { paintPane } from './paint.ts';
import { stateLabel } from './streams.ts';
import type { PaneReport } from './Traces.tsx';

/** Space above each pane for its name, and below all for the caption, px. */
const nameHeight = 22;
const captionHeight = 26;
const scale = 2;

export async function savePicture(name: string, reports: readonly PaneReport[]): Promise<void> {
  const look = paperLook();
  const placed = reports.filter(({ canvas }) => canvas).map((report) => ({ report, box: report.canvas!.getBoundingClientRect() }));
  const left = Math.min(...placed.map(({ box }) => box.left));
  const top = Math.min(...placed.map(({ box }) => box.top));
  const width = Math.max(...placed.map(({ box }) => box.right)) - left;
  const height = Math.max(...placed.map(({ box }) => box.bottom)) - top + nameHeight + captionHeight;
  const sheet = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = sheet.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = look.color('--bg-1');
  context.fillRect(0, 0, width, height);
  context.fillStyle = look.color('--text');
  context.font = '600 12px Arial, sans-serif';
  for (const { report, box } of placed) {
    const part = new OffscreenCanvas(1, 1);
    paintPane(part, { ...report.painted, look }, scale);
    context.drawImage(part, box.left - left, box.top - top + nameHeight, box.width, box.height);
    context.fillText(`${report.source.stream}, ${stateLabel(report.source)}`, box.left - left + 52, box.top - top + 15);
  }
  const { view, sources } = reports[0].painted;
  context.font = '12px Arial, sans-serif';
  context.fillText(`${sources.name} · ${clock(view.t - view.span / 2, 4)} to ${clock(view.t + view.span / 2, 4)} (${sources.reference}) · scale ${significant(view.gain)} uV · Aftergate`, 8, height - 9);
  const url = URL.createObjectURL(await sheet.convertToBlob({ type: 'image/png' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}_${clock(view.t, 3).replaceAll(':', '-')}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The light tokens, whatever the screen shows: read from an element that is told to be light. */
function paperLook(): Look {
  const root = document.documentElement;
  const before = root.getAttribute('data-mantine-color-scheme');
  root.setAttribute('data-mantine-color-scheme', 'light');
  const style = getComputedStyle(root);
  const names = ['--bg-1', '--bg-2', '--text', '--text-2', '--text-3', '--line', '--edge', '--accent', '--warn', '--err', '--focus', '--negative', '--positive', ...['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `--series-${letter}`)];
  const values = new Map(names.map((token) => [token, style.getPropertyValue(token).trim()]));
  if (before !== null) root.setAttribute('data-mantine-color-scheme', before);
  const color = (token: string) => values.get(token) ?? '';
  return { scheme: 'light', color, series: ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => color(`--series-${letter}`)) };
}

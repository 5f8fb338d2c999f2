// The panes as one picture file: as they are arranged, light as paper, with a caption that says what they show.

import { clock, significant } from '../../components/format.ts';
import { downloadFile } from '../../components/download.ts';
import { type Look, paperLook } from '../../theme/plotLook.ts';
import { gutter, paintOn } from './paint.ts';
import { isNeural } from './signal.ts';
import { filterText, stateLabel } from './streams.ts';
import { createSvgContext } from './svgContext.ts';
import type { PaneReport } from './Traces.tsx';

/** Space above each pane for its name, and below all for a line of the caption, px. */
const nameHeight = 22;
const lineHeight = 16;
const scale = 2;

export async function savePicture(format: 'svg' | 'png', name: string, reports: readonly PaneReport[], version: string): Promise<void> {
  const placed = reports.filter(({ canvas }) => canvas).map((report) => ({ report, box: report.canvas!.getBoundingClientRect() }));
  if (placed.length === 0) return;
  const left = Math.min(...placed.map(({ box }) => box.left));
  const top = Math.min(...placed.map(({ box }) => box.top));
  const lines = captionOf(name, reports, version);
  const width = Math.max(...placed.map(({ box }) => box.right)) - left;
  const height = Math.max(...placed.map(({ box }) => box.bottom)) - top + nameHeight + lines.length * lineHeight + 12;
  const look = paperLook();
  const paint = (context: CanvasRenderingContext2D) => {
    context.fillStyle = '#FFFFFF';
    context.fillRect(0, 0, width, height);
    for (const { report, box } of placed) {
      context.save();
      context.translate(box.left - left, box.top - top + nameHeight);
      paintOn(context, { ...report.painted, look });
      context.restore();
      write(context, look, '600 12px Arial, sans-serif', `${report.source.stream}, ${stateLabel(report.source)}`, box.left - left + gutter, box.top - top + 15);
    }
    lines.forEach((line, index) => write(context, look, '12px Arial, sans-serif', line, 8, height - 8 - (lines.length - 1 - index) * lineHeight));
  };
  const file = `${name}_${clock(reports[0].painted.view.t, 3).replaceAll(':', '-')}.${format}`;
  const sheet = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = sheet.getContext('2d')!;
  if (format === 'svg') {
    const svg = createSvgContext(width, height, context);
    paint(svg.context);
    return downloadFile(new Blob([svg.text()], { type: 'image/svg+xml' }), file);
  }
  context.scale(scale, scale);
  paint(context as unknown as CanvasRenderingContext2D);
  downloadFile(await sheet.convertToBlob({ type: 'image/png' }), file);
}

function write(context: CanvasRenderingContext2D, look: Look, font: string, text: string, x: number, y: number): void {
  context.font = font;
  context.fillStyle = look.color('--text');
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(text, x, y);
}

/** Run, then a line per pane: stream, span, gain, filter; then the version. */
export function captionOf(name: string, reports: readonly Pick<PaneReport, 'source' | 'columns' | 'painted'>[], version: string): string[] {
  const panes = reports.map(({ source, columns, painted: { view, sources, from_s, to_s } }) => {
    const gain = isNeural(source) ? `, ${view.mode === 'heat' ? 'colours' : 'bar'} ${view.mode === 'heat' ? '±' : ''}${significant(view.gain)} uV, ${columns.length} channels` : '';
    return `${source.stream} ${clock(from_s, 4)} to ${clock(to_s, 4)} on the clock of ${sources.reference}${gain}, ${filterText(source)}`;
  });
  return [`Run ${name}. Aftergate ${version}`, ...panes];
}

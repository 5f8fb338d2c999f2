// One panel of the preview on a canvas: heat map or lines, depth up with the tip at the bottom, time to the right, gfix
// spans marked.

import type { PreprocessPreview, PreviewPlane } from '../../../../../core/service/contract/index.ts';
import { rgbOf, type Surface, tickLabel, ticks, type TimeScale, xOf } from '../../../../components/canvas/index.ts';
import { significant } from '../../../../components/format.ts';
import { heatPixels, lineChannels } from './pixels.ts';

export interface PanelPicture {
  readonly preview: PreprocessPreview;
  readonly plane: PreviewPlane;
  readonly range_uV: number;
  readonly kind: 'heat' | 'lines';
  /** The leftmost panel has the depth axis. */
  readonly hasDepth: boolean;
  /** Small pictures have no axes at all. */
  readonly bare?: boolean;
  readonly marks: boolean;
}

const AXIS = 20;
const DEPTH = 48;
const MARK = 6;

export function drawPanel(surface: Surface, picture: PanelPicture): void {
  const { pen, width, height, look } = surface;
  const { preview, bare = false, hasDepth, kind } = picture;
  const box = { left: bare ? 0 : hasDepth ? DEPTH : 4, top: bare ? 0 : MARK, right: width - (bare ? 0 : 2), bottom: height - (bare ? 0 : AXIS) };
  const plot = { ...box, width: box.right - box.left, height: box.bottom - box.top };
  if (plot.width < 8 || plot.height < 8) return;
  pen.fillStyle = look.color('--bg-1');
  pen.fillRect(plot.left, plot.top, plot.width, plot.height);
  if (kind === 'heat') drawHeat(surface, picture, plot);
  else drawLines(surface, picture, plot);
  const scale: TimeScale = { from_s: preview.from_s, to_s: preview.to_s, left: plot.left, width: plot.width };
  if (picture.marks) drawMarks(surface, preview, scale, plot);
  if (bare) return;
  drawTime(surface, scale, plot);
  if (hasDepth) drawDepth(surface, preview, plot);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

function drawHeat({ pen, look }: Surface, { preview, plane, range_uV }: PanelPicture, plot: Box): void {
  const { columns, channels } = preview;
  const ground = { negative: rgbOf(look.color('--negative')), ground: rgbOf(look.color('--bg-1')), positive: rgbOf(look.color('--positive')), unused: rgbOf(look.color('--line')) };
  const pixels = heatPixels(plane, channels.used, columns, range_uV, ground);
  const picture = new OffscreenCanvas(columns, channels.used.length);
  picture.getContext('2d')!.putImageData(new ImageData(pixels, columns, channels.used.length), 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, plot.left, plot.top, plot.width, plot.height);
}

/** Least pixels from one line to the next. */
const LINE_ROOM = 7;

function drawLines({ pen, look }: Surface, { preview, plane, range_uV }: PanelPicture, plot: Box): void {
  const { columns, channels } = preview;
  const count = channels.used.length;
  const drawn = lineChannels(count, Math.floor(plot.height / LINE_ROOM));
  const spacing = plot.height / count;
  // The range is the height of two lines' room: spikes may reach over neighbours, noise stays apart.
  const perMicrovolt = Math.max(LINE_ROOM, spacing) / range_uV;
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top, plot.width, plot.height);
  pen.clip();
  for (const channel of drawn) {
    const middle = plot.bottom - (channel + 0.5) * spacing;
    pen.strokeStyle = look.color(channels.used[channel] === 1 ? '--text-2' : '--line');
    pen.beginPath();
    for (let column = 0; column < columns; column++) {
      const x = plot.left + ((column + 0.5) * plot.width) / columns;
      const at = channel * columns + column;
      pen.lineTo(x, middle - plane.max[at] * perMicrovolt);
      if (plane.min[at] !== plane.max[at]) pen.lineTo(x, middle - plane.min[at] * perMicrovolt);
    }
    pen.stroke();
  }
  pen.restore();
}

/** A bar on the top edge for every span, with its tag where there is room, and thin lines down to the bottom. */
function drawMarks({ pen, look }: Surface, { gfix }: PreprocessPreview, scale: TimeScale, plot: Box): void {
  for (const { from_s, to_s } of gfix) {
    const [left, right] = [Math.max(plot.left, xOf(scale, from_s)), Math.min(plot.right, xOf(scale, to_s))];
    pen.fillStyle = look.color('--warn');
    pen.fillRect(left, plot.top - MARK, Math.max(3, right - left), MARK - 1);
    pen.strokeStyle = look.color('--warn');
    pen.setLineDash([3, 3]);
    for (const x of right - left > 8 ? [left, right] : [(left + right) / 2]) {
      pen.beginPath();
      pen.moveTo(Math.round(x) + 0.5, plot.top);
      pen.lineTo(Math.round(x) + 0.5, plot.bottom);
      pen.stroke();
    }
    pen.setLineDash([]);
  }
}

function drawTime({ pen, look }: Surface, scale: TimeScale, plot: Box): void {
  pen.fillStyle = look.color('--text-3');
  pen.strokeStyle = look.color('--edge');
  pen.textAlign = 'center';
  const span = scale.to_s - scale.from_s;
  let free = plot.left - 40;
  for (const time of ticks(scale.from_s, scale.to_s, plot.width, 84)) {
    const x = Math.round(xOf(scale, time)) + 0.5;
    pen.beginPath();
    pen.moveTo(x, plot.bottom);
    pen.lineTo(x, plot.bottom + 4);
    pen.stroke();
    const text = tickLabel(time, span);
    const half = pen.measureText(text).width / 2;
    if (x - half < free || x + half > plot.right + 2) continue;
    pen.fillText(text, x, plot.bottom + 12);
    free = x + half + 8;
  }
}

/** Depth of the sites beside the rows; channels where depths are not known, or shanks follow one another. */
function drawDepth({ pen, look }: Surface, { channels }: PreprocessPreview, plot: Box): void {
  const count = channels.acq.length;
  const labels = Math.max(2, Math.floor(plot.height / 40));
  pen.fillStyle = look.color('--text-3');
  pen.textAlign = 'right';
  for (let label = 0; label < labels; label++) {
    const row = Math.round((label * (count - 1)) / (labels - 1));
    const y = plot.bottom - ((row + 0.5) * plot.height) / count;
    const depth = channels.z_um[row];
    pen.fillText(Number.isNaN(depth) ? `ch ${channels.acq[row]}` : significant(depth, 5), plot.left - 6, Math.max(plot.top + 6, Math.min(plot.bottom - 6, y)));
  }
}

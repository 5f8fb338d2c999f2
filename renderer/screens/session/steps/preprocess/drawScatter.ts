// The picture of a gfix scan: candidates by amplitude and slope on log axes, and the two thresholds as lines.

import type { GfixScan } from '../../../../../core/service/contract/index.ts';
import type { Surface } from '../../../../components/canvas/index.ts';
import { significant } from '../../../../components/format.ts';
import { isBeyond, logRange, type Thresholds } from './tune.ts';

export interface Places {
  readonly x: (amp_mV: number) => number;
  readonly y: (slope_mV: number) => number;
  readonly amp: (x: number) => number;
  readonly slope: (y: number) => number;
}

export interface ScatterAxes {
  readonly places: (width: number, height: number) => Places;
  readonly ampTicks: readonly number[];
  readonly slopeTicks: readonly number[];
}

const MARGIN = { left: 56, right: 12, top: 8, bottom: 40 };

export function scatterAxes(scan: GfixScan): ScatterAxes {
  const [ampLow, ampHigh] = logRange(scan.amp_mV, 0.1, 0.4);
  const [slopeLow, slopeHigh] = logRange(scan.slope_mV, 0.01, 0.1);
  return {
    ampTicks: ticksBetween(ampLow, ampHigh),
    slopeTicks: ticksBetween(slopeLow, slopeHigh),
    places(width, height) {
      const [w, h] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
      const clamp = (log: number, low: number, high: number) => Math.max(low, Math.min(high, log));
      return {
        x: (amp) => MARGIN.left + ((clamp(Math.log10(Math.max(amp, 1e-9)), ampLow, ampHigh) - ampLow) / (ampHigh - ampLow)) * w,
        y: (slope) => MARGIN.top + h - ((clamp(Math.log10(Math.max(slope, 1e-9)), slopeLow, slopeHigh) - slopeLow) / (slopeHigh - slopeLow)) * h,
        amp: (x) => 10 ** (ampLow + ((x - MARGIN.left) / w) * (ampHigh - ampLow)),
        slope: (y) => 10 ** (slopeLow + ((MARGIN.top + h - y) / h) * (slopeHigh - slopeLow)),
      };
    },
  };
}

/** 1, 2 and 5 times powers of ten between two log10 values. */
export function ticksBetween(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const factor of [1, 2, 5]) {
      const value = factor * 10 ** power;
      if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) ticks.push(Number(value.toPrecision(3)));
    }
  }
  return ticks;
}

export function drawScatter({ pen, width, height, look }: Surface, scan: GfixScan, thresholds: Thresholds, axes: ScatterAxes): void {
  const place = axes.places(width, height);
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom];
  pen.fillStyle = look.color('--bg-1');
  pen.fillRect(left, top, right - left, bottom - top);
  line(pen, look.color('--edge'), [], left, bottom, right, bottom);
  line(pen, look.color('--edge'), [], left, top, left, bottom);
  pen.fillStyle = look.color('--text-3');
  pen.textAlign = 'center';
  for (const tick of axes.ampTicks) {
    line(pen, look.color('--line'), [], place.x(tick), top, place.x(tick), bottom + 4);
    pen.fillText(significant(tick), place.x(tick), bottom + 12);
  }
  pen.textAlign = 'right';
  for (const tick of axes.slopeTicks) {
    line(pen, look.color('--line'), [], left - 4, place.y(tick), right, place.y(tick));
    pen.fillText(significant(tick), left - 7, place.y(tick));
  }
  pen.fillStyle = look.color('--text-2');
  pen.textAlign = 'center';
  pen.fillText('Amplitude (mV)', (left + right) / 2, height - 9);
  pen.save();
  pen.translate(9, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText('Slope (mV/sample)', 0, 0);
  pen.restore();

  for (let index = 0; index < scan.at_s.length; index++) {
    const isTaken = isBeyond(scan, index, thresholds);
    pen.beginPath();
    pen.arc(place.x(scan.amp_mV[index]), place.y(scan.slope_mV[index]), isTaken ? 4 : 3, 0, 2 * Math.PI);
    if (isTaken) {
      pen.fillStyle = look.color('--warn');
      pen.fill();
    } else {
      pen.strokeStyle = look.color('--text-3');
      pen.stroke();
    }
  }

  const accent = look.color('--accent');
  pen.fillStyle = accent;
  line(pen, accent, [6, 4], place.x(thresholds.amp_mV), top, place.x(thresholds.amp_mV), bottom);
  line(pen, accent, [6, 4], left, place.y(thresholds.slope_mV), right, place.y(thresholds.slope_mV));
  pen.textAlign = 'left';
  pen.fillText(`${thresholds.amp_mV} mV`, Math.min(right - 60, place.x(thresholds.amp_mV) + 4), top + 10);
  pen.textAlign = 'right';
  pen.fillText(`${thresholds.slope_mV} mV/sample`, right - 4, Math.max(top + 24, place.y(thresholds.slope_mV) - 8));
}

function line(pen: CanvasRenderingContext2D, color: string, dash: number[], x1: number, y1: number, x2: number, y2: number): void {
  pen.strokeStyle = color;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  pen.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  pen.stroke();
  pen.setLineDash([]);
}

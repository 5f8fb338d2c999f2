// A drawing context that writes SVG: what the panes are painted with, and no more, so that saved pictures stay lines and
// letters that can be edited.

type Matrix = readonly [scaleX: number, scaleY: number, x: number, y: number];

interface State {
  matrix: Matrix;
  fillStyle: string | Gradient;
  strokeStyle: string;
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textAlign: 'left' | 'right' | 'center';
  textBaseline: 'top' | 'middle' | 'alphabetic';
  dash: readonly number[];
  /** Groups that were opened for clipping since `save`. */
  groups: number;
}

interface Gradient {
  readonly id: string;
  readonly ends: readonly number[];
  readonly stops: [at: number, color: string][];
  addColorStop(at: number, color: string): void;
}

export interface SvgContext {
  readonly context: CanvasRenderingContext2D;
  text(): string;
}

const baselines = { top: 'text-before-edge', middle: 'central', alphabetic: 'alphabetic' } as const;
const anchors = { left: 'start', right: 'end', center: 'middle' } as const;

/** @param measure tells how wide texts are */
export function createSvgContext(width: number, height: number, measure: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): SvgContext {
  const parts: string[] = [];
  const defs: string[] = [];
  let path = '';
  let names = 0;
  let state: State = { matrix: [1, 1, 0, 0], fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, globalAlpha: 1, font: '12px sans-serif', textAlign: 'left', textBaseline: 'alphabetic', dash: [], groups: 0 };
  const saved: State[] = [];
  const number = (value: number) => String(Math.round(value * 100) / 100);
  const at = (x: number, y: number) => `${number(x * state.matrix[0] + state.matrix[2])} ${number(y * state.matrix[1] + state.matrix[3])}`;
  const box = (x: number, y: number, w: number, h: number) => `M${at(x, y)}L${at(x + w, y)}L${at(x + w, y + h)}L${at(x, y + h)}Z`;
  const alpha = () => (state.globalAlpha < 1 ? ` opacity="${state.globalAlpha}"` : '');
  const fill = () => (typeof state.fillStyle === 'string' ? state.fillStyle : gradient(state.fillStyle));
  const gradient = ({ id, ends, stops }: Gradient) => {
    const [x1, y1] = at(ends[0], ends[1]).split(' ');
    const [x2, y2] = at(ends[2], ends[3]).split(' ');
    defs.push(`<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stops.map(([offset, color]) => `<stop offset="${offset}" stop-color="${color}"/>`).join('')}</linearGradient>`);
    return `url(#${id})`;
  };
  const stroked = (d: string) => parts.push(`<path d="${d}" fill="none" stroke="${state.strokeStyle}" stroke-width="${state.lineWidth}"${state.dash.length > 0 ? ` stroke-dasharray="${state.dash.join(' ')}"` : ''} stroke-linejoin="round"${alpha()}/>`);
  const filled = (d: string) => parts.push(`<path d="${d}" fill="${fill()}"${alpha()}/>`);

  const methods = {
    save: () => { saved.push(state); state = { ...state, groups: 0 }; },
    restore: () => { parts.push('</g>'.repeat(state.groups)); state = saved.pop() ?? state; },
    translate: (x: number, y: number) => { state.matrix = [state.matrix[0], state.matrix[1], state.matrix[2] + x * state.matrix[0], state.matrix[3] + y * state.matrix[1]]; },
    beginPath: () => { path = ''; },
    moveTo: (x: number, y: number) => { path += `M${at(x, y)}`; },
    lineTo: (x: number, y: number) => { path += `L${at(x, y)}`; },
    closePath: () => { path += 'Z'; },
    rect: (x: number, y: number, w: number, h: number) => { path += box(x, y, w, h); },
    clip: () => { const id = `clip${++names}`; defs.push(`<clipPath id="${id}"><path d="${path}"/></clipPath>`); parts.push(`<g clip-path="url(#${id})">`); state.groups++; },
    stroke: () => void (path !== '' && stroked(path)),
    fill: () => void (path !== '' && filled(path)),
    fillRect: (x: number, y: number, w: number, h: number) => void filled(box(x, y, w, h)),
    strokeRect: (x: number, y: number, w: number, h: number) => void stroked(box(x, y, w, h)),
    setLineDash: (dash: readonly number[]) => { state.dash = dash; },
    createLinearGradient: (...ends: number[]): Gradient => { const stops: [number, string][] = []; return { id: `ramp${++names}`, ends, stops, addColorStop: (offset, color) => void stops.push([offset, color]) }; },
    measureText: (text: string) => { measure.font = state.font; return measure.measureText(text); },
    fillText(text: string, x: number, y: number) {
      const [, weight = '400', size = '12'] = /^(?:(\d+) )?(\d+(?:\.\d+)?)px/.exec(state.font) ?? [];
      const [left, top] = at(x, y).split(' ');
      parts.push(`<text x="${left}" y="${top}" fill="${fill()}" font-family="Arial, sans-serif" font-size="${size}" font-weight="${weight}" text-anchor="${anchors[state.textAlign]}" dominant-baseline="${baselines[state.textBaseline]}"${alpha()}>${escaped(text)}</text>`);
    },
    drawImage(image: CanvasImageSource & { readonly width: number; readonly height: number }, x: number, y: number, w: number, h: number) {
      const [left, top] = at(x, y).split(' ');
      parts.push(`<image href="${dataUrl(image)}" x="${left}" y="${top}" width="${number(w * state.matrix[0])}" height="${number(h * state.matrix[1])}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`);
    },
  };
  const context = new Proxy(methods, {
    get: (target, name) => (name in target ? target[name as keyof typeof target] : state[name as keyof State]),
    set: (_, name, value) => { (state as unknown as Record<string | symbol, unknown>)[name] = value; return true; },
  }) as unknown as CanvasRenderingContext2D;
  return {
    context,
    text: () => `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"><defs>${defs.join('')}</defs>${parts.join('\n')}</svg>\n`,
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function dataUrl(image: CanvasImageSource & { readonly width: number; readonly height: number }): string {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png');
}

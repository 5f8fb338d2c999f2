// Pictures we draw ourselves: a sharp canvas and a time axis.

export { Canvas, type Surface } from './Canvas.tsx';
export * from './timeScale.ts';
export { type Rgb, rgbOf } from './rgb.ts';

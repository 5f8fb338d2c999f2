// A canvas that is sharp on every display: sized to its box, drawn in CSS pixels, drawn anew when the box, the colours or
// what to draw change.

import { useEffect, useRef, useState } from 'react';
import { type Look, useLook } from '../../theme/plotLook.ts';
import styles from './Canvas.module.css';

export interface Surface {
  readonly pen: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly look: Look;
}

interface CanvasProps {
  /** Spoken: name and finding. */
  readonly label: string;
  /** Must keep its identity while nothing changes. */
  readonly draw: (surface: Surface) => void;
  readonly className?: string;
}

export function Canvas({ label, draw, className }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useLook();
  const [size, setSize] = useState({ width: 0, height: 0, ratio: 1 });

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight, ratio: devicePixelRatio });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen || size.width === 0 || size.height === 0) return;
    const [width, height] = [Math.round(size.width * size.ratio), Math.round(size.height * size.ratio)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    pen.font = '12px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    pen.lineWidth = 1;
    draw({ pen, width: size.width, height: size.height, look });
  }, [draw, look, size]);

  return <canvas ref={canvas} role="img" aria-label={label} className={className ? `${styles.canvas} ${className}` : styles.canvas} />;
}

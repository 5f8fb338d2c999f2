// The context that writes SVG: lines, clips and texts where a canvas would have drawn them.

import { expect, test } from 'vitest';
import { createSvgContext } from '../../../renderer/screens/traces/svgContext.ts';

const measure = { font: '', measureText: (text: string) => ({ width: 6 * text.length }) } as unknown as CanvasRenderingContext2D;

test('lines are moved by what was translated, clips end with restore', () => {
  const { context, text } = createSvgContext(200, 100, measure);
  context.save();
  context.translate(50, 10);
  context.beginPath();
  context.rect(0, 0, 100, 50);
  context.clip();
  context.strokeStyle = '#ff0000';
  context.lineWidth = 2;
  context.setLineDash([6, 3]);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(10.126, 20);
  context.stroke();
  context.restore();
  context.fillRect(0, 0, 5, 5);
  expect(text()).toContain('<clipPath id="clip1"><path d="M50 10L150 10L150 60L50 60Z"/></clipPath>');
  expect(text()).toContain('<path d="M50 10L60.13 30" fill="none" stroke="#ff0000" stroke-width="2" stroke-dasharray="6 3" stroke-linejoin="round"/>\n</g>\n<path d="M0 0L5 0L5 5L0 5Z" fill="#000"/>');
});

test('texts keep their size, weight and place, and cannot become tags', () => {
  const { context, text } = createSvgContext(200, 100, measure);
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText('<b> & 3', 40, 20);
  expect(context.measureText('abcd').width).toBe(24);
  expect(text()).toMatch(/<text x="40" y="20" .*font-size="12" font-weight="600" text-anchor="end" dominant-baseline="central">&lt;b&gt; &amp; 3<\/text>/);
});

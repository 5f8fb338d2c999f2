import { expect, it } from 'vitest';
import { findMetric, metrics } from '../../../../core/engines/metrics/index.ts';

it('knows every metric once, and says something about each', () => {
  expect(new Set(metrics.map(({ key }) => key)).size).toBe(metrics.length);
  for (const metric of metrics) {
    expect(metric.help, metric.key).toMatch(/\.$/);
    expect(metric.good, metric.key).toMatch(/\.$/);
    expect(metric.source, metric.key).not.toBe('');
    expect(metric.version, metric.key).toBeGreaterThanOrEqual(1);
  }
});

it('lists the columns of both tables in their order', () => {
  expect(metrics.filter(({ table }) => table === 'metrics').map(({ key }) => key).slice(0, 3)).toEqual(['firing_rate', 'presence_ratio', 'isi_viol']);
  expect(findMetric('velocity_below')).toMatchObject({ unit: 's/m', table: 'waveform_metrics' });
  expect(findMetric('fame')).toBeUndefined();
});

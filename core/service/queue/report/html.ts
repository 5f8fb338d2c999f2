// The report as a page of its own, light and for print: readable without the program.

import { moduleWord, type Report } from '../../contract/index.ts';

const style = 'body{font:14px/20px system-ui,sans-serif;color:#15191D;margin:24px auto;max-width:960px;padding:0 16px}h1{font-size:20px}h2{font-size:16px;margin-top:24px}'
  + 'table{border-collapse:collapse}td,th{padding:4px 12px 4px 0;border-bottom:1px solid #CBD2D9;text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}'
  + '.failed{color:#AD231B}.unusual{color:#7A4F00}.done{color:#0A664C}code{font:12px ui-monospace,monospace}.quiet{color:#434D56}';

const marks = { done: '✔ done', failed: '✕ failed', cancelled: '⊘ cancelled', waiting: '○ waiting' } as const;

export function reportHtml(report: Report): string {
  const { name, verdict, probes, failures, skipped, findings, time, disk, files, folders, methods } = report;
  const body = [
    `<h1>${escape(name)}</h1>`,
    `<p>${escape(verdict)}</p>`,
    `<p class="quiet">${escape(span(report))}</p>`,
    section('Probes', probes.map((probe) => `<tr><td class="${probe.state}">${marks[probe.state]}${probe.unusual.length > 0 ? '<br><span class="unusual">▲ unusual</span>' : ''}</td><td>${escape(probe.sentence)}${probe.next ? `<br><span class="quiet">Next: ${escape(probe.next)}</span>` : ''}</td></tr>`)),
    section('What failed', failures.map(({ what, text, next }) => `<tr><td>${escape(what)}</td><td>${escape(text)}${next ? `<br><span class="quiet">Next: ${escape(next)}</span>` : ''}</td></tr>`)),
    section('Findings', findings.map(({ what, text }) => `<tr><td>${escape(what)}</td><td>${escape(text)}</td></tr>`)),
    section('Skipped, earlier results are still valid', skipped.map((step) => `<tr><td>${escape(step)}</td></tr>`)),
    section('Time and disk', [
      '<tr><th>step</th><th>planned</th><th>took</th><th>planned size</th><th>written</th></tr>',
      ...time.modules.map(({ module, planned_s, actual_s }) => `<tr><td>${escape(moduleWord(module))}</td><td class="n">${minutes(planned_s)}</td><td class="n">${minutes(actual_s)}</td><td class="n">${megabytes(disk.modules.find((each) => each.module === module)?.planned_B ?? 0)}</td><td class="n">${megabytes(disk.modules.find((each) => each.module === module)?.actual_B ?? 0)}</td></tr>`),
      `<tr><th>all</th><td class="n">${minutes(time.planned_s)}</td><td class="n">${minutes(time.actual_s)}</td><td class="n">${megabytes(disk.planned_B ?? 0)}</td><td class="n">${megabytes(disk.actual_B)}</td></tr>`,
    ]),
    section('Files', [...folders, ...files].map((file) => `<tr><td><code>${escape(file)}</code></td></tr>`)),
    methods === '' ? '' : `<h2>Methods</h2><p>${escape(methods)}</p>`,
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escape(name)}</title><style>${style}</style></head>\n<body>\n${body.filter((part) => part !== '').join('\n')}\n</body></html>\n`;
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<h2>${escape(title)}</h2>\n<table>${rows.join('\n')}</table>`;
}

function span({ startedAt, endedAt }: Report): string {
  const plain = (time: string) => time.slice(0, 16).replace('T', ' ');
  if (!startedAt) return 'Not begun.';
  return endedAt ? `Began ${plain(startedAt)}, ended ${plain(endedAt)} (UTC).` : `Began ${plain(startedAt)} (UTC), not ended yet.`;
}

function minutes(seconds: number): string {
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
}

function megabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

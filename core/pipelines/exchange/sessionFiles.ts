// The files of an exported session: the session, the input JSON of every step as execution writes it, and scripts that run
// them, for a Unix shell and for Windows.

import path from 'node:path';
import type { Step } from '../../execution/index.ts';
import { modules as allModules, type ParameterInput } from '../../modules/index.ts';
import { formatInputJson } from '../../modules/createInputJson/index.ts';
import { expandSession, type Expanded } from '../expand.ts';
import { formatSession } from './settings.ts';

export interface SessionFile {
  /** With forward slashes, relative to the export. */
  readonly name: string;
  readonly text: string;
  readonly isScript: boolean;
}

/** The plan without asking for external programs, which may be on another computer. Throws ParameterError. */
export function planOf(session: ParameterInput, base: string): Promise<Expanded> {
  return expandSession(session, { base, modules: allModules.map(({ check: _check, ...module }) => module) });
}

/** @param base folder that relative paths of the session start from. Throws ParameterError. */
export async function sessionFiles(session: ParameterInput, base: string): Promise<SessionFile[]> {
  const { plan } = await planOf(session, base);
  const inputs = new Map(plan.steps.map((step) => [step.inputJson, step.input]));
  return [
    { name: 'session.json', text: formatSession(session), isScript: false },
    ...[...inputs].map(([file, input]) => ({ name: `json/${path.basename(file)}`, text: formatInputJson(input), isScript: false })),
    ...sessionScripts(plan.steps),
  ];
}

const head = 'Runs this session as it is. The lines of modules run its steps one by one instead.';

export function sessionScripts(steps: readonly Step[]): SessionFile[] {
  const known = steps.filter((step) => allModules.some(({ name }) => name === step.module));
  const parts = ({ module, inputJson, outputJson }: Step) => [module, `json/${path.basename(inputJson)}`, `json/${path.basename(outputJson)}`] as const;
  const unix = known.map((step) => {
    const [module, input, output] = parts(step);
    return `aftergate module ${module} --input_json ${shellText(input)} --output_json ${shellText(output)}`;
  });
  const windows = known.map((step) => {
    const [module, input, output] = parts(step);
    return `call aftergate module ${module} --input_json ${batchText(input.replaceAll('/', '\\'))} --output_json ${batchText(output.replaceAll('/', '\\'))} || exit /b 1`;
  });
  return [
    script('run.sh', ['#!/bin/sh', `# ${head}`, 'cd "$(dirname "$0")" || exit 1', 'exec aftergate run session.json "$@"']),
    script('modules.sh', ['#!/bin/sh', '# The steps of this session, one by one, in order.', 'cd "$(dirname "$0")" || exit 1', 'set -e', ...unix]),
    script('run.bat', ['@echo off', `rem ${head}`, 'chcp 65001 >nul', 'cd /d "%~dp0"', 'call aftergate run session.json %*']),
    script('modules.bat', ['@echo off', 'rem The steps of this session, one by one, in order.', 'chcp 65001 >nul', 'cd /d "%~dp0"', ...windows]),
  ];
}

function script(name: string, lines: readonly string[]): SessionFile {
  const end = name.endsWith('.bat') ? '\r\n' : '\n';
  return { name, text: lines.map((line) => `${line}${end}`).join(''), isScript: true };
}

/** In single quotes nothing has a meaning but the quote itself. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function batchText(text: string): string {
  return `"${text.replaceAll('%', '%%')}"`;
}

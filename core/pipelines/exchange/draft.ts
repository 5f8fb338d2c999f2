// A session while pasted settings are put into it, change by change: what it says now, what it says after a change, and
// all changes as one.

import { isDeepStrictEqual } from 'node:util';
import { catgtWords, withCatgtOption } from '../../notation/index.ts';
import { isObject } from '../../modules/record/index.ts';
import type { ParameterInput } from '../../modules/index.ts';
import { effectiveSession } from './effective.ts';
import type { RunFacts } from './extractorCheck.ts';
import type { Change, SpecPart } from './reading.ts';
import { probesOf, regionsOf, specIndex, specsOf as specsIn, withElement, withRegions } from './specEntries.ts';

export interface Draft {
  readonly before: ParameterInput;
  /** `before` with what it leaves unsaid. */
  readonly effective: Readonly<Record<string, unknown>>;
  readonly runs: readonly RunFacts[];
  /** Keys set so far. */
  readonly set: Record<string, unknown>;
  /** Those of the session and the pasted ones. */
  readonly extractors: string[];
  readonly pasted: string[];
  /** The run the text is about, when it says so. */
  run: string | undefined;
}

export function openDraft(before: ParameterInput, runs: readonly RunFacts[]): Draft {
  const effective = effectiveSession(before);
  const extractors = catgtWords(String(effective.ni_obx_extract_string ?? '')).map((word) => word.text);
  return { before, effective, runs, set: {}, extractors, pasted: [], run: undefined };
}

/** What the session says of the thing a change sets. */
export function valueNow(draft: Draft, change: Change): unknown {
  switch (change.kind) {
    case 'key': return draft.effective[change.key];
    case 'section': return inside(draft.effective[change.section], change.key.split('.'));
    case 'option': {
      const found = catgtWords(commandString(draft)).find((word) => word.name === change.name);
      return found ? (found.value ?? 'on') : undefined;
    }
    case 'extractor': return undefined;
    case 'spec': {
      // Naming a run of the session says which one is meant; it changes nothing.
      if (change.part === 'run' && draft.before.run_specs !== undefined) return undefined;
      const about = specsOf(draft).filter((spec) => draft.run === undefined || spec[0] === draft.run);
      return about.map((spec) => spec[specIndex[change.part]]).find((value) => !isDeepStrictEqual(value, change.value));
    }
    case 'apart': {
      const isApart = (spec: readonly unknown[]) => Array.isArray(regionsOf(spec)[probesOf(spec).indexOf(change.probe)]);
      return draft.effective.kind === 'split-shanks' || specsOf(draft).every((spec) => !probesOf(spec).includes(change.probe) || isApart(spec)) ? 'sorted apart' : 'sorted whole';
    }
  }
}

export function apply(draft: Draft, change: Change): void {
  const { set, before } = draft;
  switch (change.kind) {
    case 'key': return void (set[change.key] = change.value);
    case 'section': return void (set[change.section] = withInside(set[change.section] ?? before[change.section], change.key.split('.'), change.value));
    case 'option': return void (set.catGT_cmd_string = withCatgtOption(commandString(draft), change.name, change.value));
    case 'extractor': {
      draft.pasted.push(change.text);
      if (!draft.extractors.includes(change.text)) draft.extractors.push(change.text);
      return;
    }
    case 'spec': return applySpec(draft, change.part, change.value);
    case 'apart': return kindOf(draft) === 'split-shanks' ? undefined : sortApart(draft, change.probe, change.shanks);
  }
}

function applySpec(draft: Draft, part: SpecPart, value: string): void {
  if (part === 'run') draft.run = value;
  if (draft.before.run_specs === undefined) {
    const [spec = ['', '0', 'start,end', '0', '', []]] = (draft.set.run_specs ?? []) as unknown[][];
    draft.set.run_specs = [withElement(spec, part, value)];
  } else if (part !== 'run') {
    draft.set.run_specs = specsOf(draft).map((spec) => (draft.run === undefined || spec[0] === draft.run ? withElement(spec, part, value) : spec));
  }
}

/** Each shank begins with the region that the probe had. */
function sortApart(draft: Draft, probe: number, shanks: number): void {
  draft.set.run_specs = specsOf(draft).map((spec) => withRegions(spec, (each, region) => (each === probe && typeof region === 'string' ? Array.from({ length: shanks }, () => region) : region)));
}

/** In the region of its first shank. */
export function sortWhole(draft: Draft, probe: number): void {
  draft.set.run_specs = specsOf(draft).map((spec) => withRegions(spec, (each, region) => (each === probe && typeof region !== 'string' ? region[0] : region)));
}

/** Keys of the session to set; null removes one. */
export function patchOf({ before, set, extractors }: Draft): Record<string, unknown> {
  const text = extractors.join(' ');
  const textBefore = catgtWords(String(before.ni_obx_extract_string ?? '')).map((word) => word.text).join(' ');
  const all = text === textBefore ? set : { ...set, ni_obx_extract_string: text };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => !isDeepStrictEqual(value, before[key])));
}

export function specsOf({ set, before }: Draft): unknown[][] {
  return specsIn({ run_specs: set.run_specs ?? before.run_specs });
}

export function kindOf({ set, before }: Draft): unknown {
  return set.kind ?? before.kind;
}

function commandString({ set, effective }: Draft): string {
  const value = set.catGT_cmd_string ?? effective.catGT_cmd_string;
  return typeof value === 'string' ? value : '';
}

function inside(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
}

function withInside(value: unknown, [key, ...rest]: readonly string[], inner: unknown): Record<string, unknown> {
  const section = isObject(value) ? value : {};
  return { ...section, [key]: rest.length === 0 ? inner : withInside(section[key], rest, inner) };
}

// Presets of the lab, one JSON file each in the profile, and those that come with the program.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputFileError, UsageError, writeWhole } from '../../common/index.ts';
import { parseInputJson, readInputJson } from '../../modules/index.ts';
import { stepOfKey } from '../../pipelines/index.ts';
import { fitPreset, type Fitted, presetOf, type PresetContent } from '../../pipelines/exchange/index.ts';
import type { exchangeRequests, Handlers, Preset, PresetDifference } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { isContent, patched, type StoredDraft, toDraft } from '../session/index.ts';
import { builtInPresets } from './builtInPresets.ts';
import { factsOf } from './runFacts.ts';

type Names = 'presets.list' | 'presets.difference' | 'presets.apply' | 'presets.save' | 'presets.remove' | 'presets.export' | 'presets.import' | 'session.presetChanges';

const fileSchema = z.object({
  aftergate_preset: z.literal(1),
  name: z.string().trim().min(1).max(80),
  savedAt: z.string(),
  settings: z.record(z.string(), z.unknown()),
  regions: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).default({}),
});
type PresetFile = z.output<typeof fileSchema>;
type Named = PresetContent & { readonly name: string };

const ending = '.aftergate-preset.json';
const last = 'last';

export async function presetHandlers(context: AreaContext): Promise<Pick<Handlers<typeof exchangeRequests>, Names>> {
  const { access, drafts, emit, now, profile } = context;
  const room = await profile.room('presets');
  const presets = new Map<string, PresetFile>();
  for (const name of await fs.readdir(room)) {
    const preset = name.endsWith('.json') ? await readInputJson(path.join(room, name)).then((content) => fileSchema.safeParse(content).data, () => undefined) : undefined;
    if (preset) presets.set(idOf(preset.name), preset);
  }

  function find(presetId: string): Named {
    if (presetId === last) {
      const session = profile.get('lastSession', isContent);
      if (!session) throw new UsageError('No session has been queued yet, so there are no last settings.');
      return { name: 'the last session', ...presetOf(session) };
    }
    const preset = presets.get(presetId) ?? builtInPresets.find((each) => each.presetId === presetId);
    if (!preset) throw new InputFileError(presetId, 'there is no such preset (any more)');
    return preset;
  }

  async function keep(preset: PresetFile): Promise<Preset> {
    const presetId = idOf(preset.name);
    presets.set(presetId, preset);
    await writeWhole(path.join(room, `${presetId}.json`), `${JSON.stringify(preset, null, 1)}\n`);
    emit('settings.changed', {});
    return shown(presetId, preset);
  }

  async function fitted(draft: StoredDraft, presetId: string) {
    const preset = find(presetId);
    return { name: preset.name, ...fitPreset(preset, draft.session, await factsOf(context, draft.runs)) };
  }

  return {
    'presets.list': () => [
      ...(profile.get('lastSession', isContent) ? [{ presetId: last, name: 'Same as last time', builtIn: true, text: 'The settings of the last session that was queued.', savedAt: null }] : []),
      ...[...presets].map(([presetId, preset]) => shown(presetId, preset)).sort((a, b) => a.name.localeCompare(b.name, 'en')),
      ...builtInPresets.map(({ presetId, name, text }) => ({ presetId, name, builtIn: true, text, savedAt: null })),
    ],
    async 'presets.difference'({ draftId, presetId }) {
      return difference(await fitted(drafts.get(draftId), presetId));
    },
    async 'presets.apply'({ draftId, rev, presetId, keys }) {
      const { name, patch, settings, unfit } = await fitted(drafts.get(draftId), presetId);
      if (keys) {
        const some = Object.fromEntries(Object.entries(patch).filter(([key]) => keys.includes(key)));
        const draft = await drafts.edit(draftId, rev, `${keys.join(', ')} as in ${name}`, (state) => ({ ...state, session: patched(state.session, some) }));
        return { draft: toDraft(draft, profile.folder), text: `${keys.join(', ')} as in ${name}.` };
      }
      const draft = await drafts.edit(draftId, rev, `preset ${name}`, (state) => ({
        ...state,
        session: patched(state.session, patch),
        notes: unfit.length === 0 ? state.notes : { ...state.notes, unused: [...new Set([...(state.notes.unused ?? []), ...unfit.map(({ token }) => token)])] },
      }), presetId === last ? undefined : presetId);
      return { draft: toDraft(draft, profile.folder), text: report(name, settings, unfit) };
    },
    'presets.save': async ({ draftId, name }) => {
      if ([last, ...builtInPresets.map(({ presetId }) => presetId)].includes(idOf(name)) || builtInPresets.some((each) => each.name === name)) throw new UsageError(`${name}: a preset that comes with Aftergate has this name`, { next: 'Choose another name.' });
      const preset = await keep({ aftergate_preset: 1, name, savedAt: new Date(now()).toISOString(), ...presetOf(drafts.get(draftId).session) });
      await drafts.setPreset(draftId, preset.presetId);
      return preset;
    },
    async 'presets.remove'({ presetId }) {
      const removed = presets.get(presetId);
      if (!removed) throw new UsageError('This preset comes with Aftergate and stays.');
      presets.delete(presetId);
      await fs.rm(path.join(room, `${presetId}.json`), { force: true });
      emit('settings.changed', {});
      return { text: JSON.stringify(removed) };
    },
    async 'presets.export'({ presetId, folder }) {
      const { name, settings, regions } = find(presetId);
      const file = path.join(await access.choose(folder), `${idOf(name)}${ending}`);
      await writeWhole(file, `${JSON.stringify({ aftergate_preset: 1, name, savedAt: new Date(now()).toISOString(), settings, regions }, null, 1)}\n`);
      return { path: file };
    },
    async 'presets.import'({ path: file, text }) {
      if ((file === undefined) === (text === undefined)) throw new UsageError('presets.import: give a path or a text');
      const content = file === undefined ? parseInputJson(Buffer.from(text!), 'text') : await readInputJson(await access.choose(file));
      const read = fileSchema.safeParse(content);
      if (typeof content.aftergate_preset === 'number' && content.aftergate_preset > 1) throw new InputFileError(file ?? 'text', `was made by a newer Aftergate (schema ${content.aftergate_preset}, this one reads 1)`, { next: 'Save it with this version, or update Aftergate.' });
      if (!read.success) throw new InputFileError(file ?? 'text', 'is not a preset of Aftergate', { next: `Presets are files named like rig${ending}.` });
      return keep(read.data);
    },
    async 'session.presetChanges'({ draftId }) {
      const draft = drafts.get(draftId);
      const isKnown = draft.preset !== null && (presets.has(draft.preset) || builtInPresets.some(({ presetId }) => presetId === draft.preset));
      return isKnown ? difference(await fitted(draft, draft.preset!)) : null;
    },
  };
}

function shown(presetId: string, { name, savedAt, settings }: PresetFile): Preset {
  const sorter = typeof settings.ks_ver === 'string' && settings.ks_ver !== 'ag' ? `Kilosort ${settings.ks_ver}` : 'embedded sorter';
  return { presetId, name, builtIn: false, text: `${Object.keys(settings).length} settings, ${sorter}`, savedAt };
}

function difference({ name, settings, changes, unfit }: Fitted & { readonly name: string }): PresetDifference {
  return { name, settings, changes: changes.map((change) => ({ ...change, step: change.key === 'run_specs' ? 'probes' : stepOfKey(change.key) })), unfit };
}

/** "Applied Lab NP1+2: 46 settings. 2 did not fit: ..." */
function report(name: string, settings: number, unfit: PresetDifference['unfit']): string {
  const applied = `Applied ${name}: ${settings} ${settings === 1 ? 'setting' : 'settings'}.`;
  return unfit.length === 0 ? applied : `${applied} ${unfit.length} did not fit: ${unfit.map(({ token, reason }) => `${token}: ${reason}`).join(' ')}`;
}

/** A name that can be a file's everywhere. */
function idOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  return plain === '' || /[^\x20-\x7e]/.test(name) ? `${plain || 'preset'}-${createHash('sha1').update(name).digest('hex').slice(0, 6)}` : plain;
}

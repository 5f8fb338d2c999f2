// Answers the requests of the settings, help and doctor screens.

import type { Handlers, settingRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface SettingsArea {
  readonly handlers: Handlers<typeof settingRequests>;
}

export function settingsArea(_context: AreaContext): SettingsArea {
  return { handlers: {} };
}

// The pages of the settings, in the order of the list at the left.

import type { ComponentType } from 'react';
import { LimitsForm } from '../../components/index.ts';
import { AboutPage } from './AboutPage.tsx';
import { AppearancePage } from './AppearancePage.tsx';
import { DataPage } from './DataPage.tsx';
import { PresetsPage } from './PresetsPage.tsx';
import { RegionsPage } from './RegionsPage.tsx';
import { ShortcutsPage } from './ShortcutsPage.tsx';
import { ToolsPage } from './ToolsPage.tsx';

export interface SettingsPage {
  readonly page: string;
  readonly title: string;
  readonly Content: ComponentType;
}

export const settingsPages: readonly SettingsPage[] = [
  { page: 'tools', title: 'Tools', Content: ToolsPage },
  { page: 'presets', title: 'Presets', Content: PresetsPage },
  { page: 'regions', title: 'Regions', Content: RegionsPage },
  { page: 'appearance', title: 'Appearance', Content: AppearancePage },
  { page: 'shortcuts', title: 'Shortcuts', Content: ShortcutsPage },
  { page: 'limits', title: 'Limits', Content: LimitsForm },
  { page: 'data', title: 'Data', Content: DataPage },
  { page: 'about', title: 'About', Content: AboutPage },
];

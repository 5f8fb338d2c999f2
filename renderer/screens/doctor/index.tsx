// Checks of this installation.

import type { ScreenProps } from '../../app/screens.ts';
import { Page } from '../../components/index.ts';

export default function DoctorScreen(_props: ScreenProps) {
  return <Page title="Doctor"><p>Doctor</p></Page>;
}

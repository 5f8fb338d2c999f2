// Step 8 of the wizard: sync.

import { Step, type StepProps } from '../../Step.tsx';

export default function SyncStep(props: StepProps) {
  return <Step {...props} notation=""><p>Sync</p></Step>;
}

// Step 1 of the wizard: runs.

import { Step, type StepProps } from '../../Step.tsx';

export default function RunsStep(props: StepProps) {
  return <Step {...props} notation=""><p>Runs</p></Step>;
}

// Step 2 of the wizard: gates.

import { Step, type StepProps } from '../../Step.tsx';

export default function GatesStep(props: StepProps) {
  return <Step {...props} notation=""><p>Gates</p></Step>;
}

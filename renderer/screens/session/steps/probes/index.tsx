// Step 3 of the wizard: probes.

import { Step, type StepProps } from '../../Step.tsx';

export default function ProbesStep(props: StepProps) {
  return <Step {...props} notation=""><p>Probes</p></Step>;
}

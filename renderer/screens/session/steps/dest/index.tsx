// Step 9 of the wizard: destination.

import { Step, type StepProps } from '../../Step.tsx';

export default function DestinationStep(props: StepProps) {
  return <Step {...props} notation=""><p>Destination</p></Step>;
}

// Step 4 of the wizard: extract.

import { Step, type StepProps } from '../../Step.tsx';

export default function ExtractStep(props: StepProps) {
  return <Step {...props} notation=""><p>Extract</p></Step>;
}

// Step 5 of the wizard: preprocess.

import { Step, type StepProps } from '../../Step.tsx';

export default function PreprocessStep(props: StepProps) {
  return <Step {...props} notation=""><p>Preprocess</p></Step>;
}

// Step 6 of the wizard: sort.

import { Step, type StepProps } from '../../Step.tsx';

export default function SortStep(props: StepProps) {
  return <Step {...props} notation=""><p>Sort</p></Step>;
}

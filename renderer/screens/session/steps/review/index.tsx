// Step 10 of the wizard: review.

import { Step, type StepProps } from '../../Step.tsx';

export default function ReviewStep(props: StepProps) {
  return <Step {...props} notation=""><p>Review</p></Step>;
}

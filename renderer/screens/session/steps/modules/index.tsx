// Step 7 of the wizard: modules.

import { Step, type StepProps } from '../../Step.tsx';

export default function ModulesStep(props: StepProps) {
  return <Step {...props} notation=""><p>Modules</p></Step>;
}

// Whether an external program can be used, with the reason in words when not: shown in the settings, thrown by modules.

import { ParameterError } from '../common/index.ts';

export type Availability<Tool> =
  | { readonly available: true; readonly tool: Tool }
  | {
      readonly available: false;
      /** Half a sentence that goes behind the name of the parameter: "Python is not on the PATH". */
      readonly reason: string;
      readonly next: string;
    };

/** The tool, or ParameterError that names `parameter`, which says where the tool is, and the reason. */
export function requireTool<Tool>(parameter: string, availability: Availability<Tool>): Tool {
  if (availability.available) return availability.tool;
  throw new ParameterError(`${parameter}: ${availability.reason}`, { next: availability.next });
}

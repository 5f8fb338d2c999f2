// What a module of the pipeline is: a name of the field, the sections it reads, and a function.

import type { z } from 'zod';
import type { EngineContext } from '../common/index.ts';

export interface ModuleContext extends EngineContext {
  /** The folder relative paths start from. */
  readonly cwd: string;
}

/** What a finished run reports. Paths are those of files; figures are numbers worth keeping, with their unit in the name. */
export interface ModuleOutcome {
  /** The keys of the module's own output JSON in the reference; every module gives `execution_time`. */
  readonly result: { readonly execution_time: number } & Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly figures?: Readonly<Record<string, unknown>>;
}

export interface Module<Sections extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The sections of the input JSON it reads, as one record. */
  readonly sections: Sections;
  /** What must be there before a night's work begins, such as an external program. Throws ParameterError. */
  check?(params: z.infer<Sections>, context: Pick<ModuleContext, 'cwd' | 'signal'>): Promise<unknown>;
  /** Runs on checked parameters. Throws AftergateError; an aborted run throws the signal's error. */
  run(params: z.infer<Sections>, context: ModuleContext): Promise<ModuleOutcome>;
}

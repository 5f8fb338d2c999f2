// What a command of `aftergate` is: a name, its help and a function. Commands throw; core/cli/index.ts turns errors into
// a sentence on stderr and the exit code (0 done, 1 failed, 2 wrong usage, 130 interrupted).

export interface CommandIO {
  /** Results: tables, JSON. */
  readonly out: (text: string) => void;
  /** Progress, warnings, errors. */
  readonly err: (text: string) => void;
  /** The folder relative paths start from. */
  readonly cwd: string;
  /** Aborted by ctrl-C. */
  readonly signal: AbortSignal;
  /** True when stderr is a terminal that can redraw a line. */
  readonly interactive: boolean;
}

export interface Command {
  readonly name: string;
  /** One line for `aftergate --help`. */
  readonly summary: string;
  /** The whole help text of `aftergate NAME --help`. */
  readonly usage: string;
  /** `argv` is what follows the command's name. Throws AftergateError. */
  readonly run: (argv: readonly string[], io: CommandIO) => Promise<void>;
}

// Errors as tagged classes. `message` is the sentence a user reads (it names the file or parameter),
// `next` is what to do about it, `cause` is for developers. Aborting is not an error: see isAbort.

export abstract class AftergateError extends Error {
  abstract readonly tag: string;
  /** What the process exits with when this reaches the command line: 1 a job failed, 2 wrong usage. */
  readonly exitCode: 1 | 2 = 1;
  /** What the user can do, one sentence. */
  readonly next?: string;

  constructor(message: string, options: { next?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.next = options.next;
  }
}

/** The command line or a function's options are wrong; the message names the option. */
export class UsageError extends AftergateError {
  readonly tag = 'usage';
  override readonly exitCode = 2;
}

/** An input file is missing, unreadable, truncated or says something impossible. */
export class InputFileError extends AftergateError {
  readonly tag = 'input-file';
  constructor(readonly path: string, what: string, options: { next?: string; cause?: unknown } = {}) {
    super(`${path}: ${what}`, options);
  }
}

/** An output could not be written: full disk, read-only folder, file held open by another program. */
export class OutputFileError extends AftergateError {
  readonly tag = 'output-file';
  constructor(readonly path: string, what: string, options: { next?: string; cause?: unknown } = {}) {
    super(`${path}: ${what}`, options);
  }
}

/** A parameter in a JSON or session has a wrong value; the message names section and key. */
export class ParameterError extends AftergateError {
  readonly tag = 'parameter';
}

/** A job ran and could not be finished for another reason than its files. */
export class JobError extends AftergateError {
  readonly tag = 'job';
}

export function isAftergateError(error: unknown): error is AftergateError {
  return error instanceof AftergateError;
}

/** True for the error that an aborted signal throws; callers pass it on and report nothing. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || (error as NodeJS.ErrnoException).code === 'ABORT_ERR');
}

/** A sentence for a file-system error code, for `${path}: ${sentence}`. */
export function describeFileError(error: unknown): { what: string; next?: string } {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case 'ENOENT': return { what: 'no such file or folder', next: 'Check the path and that the drive is connected.' };
    case 'EACCES':
    case 'EPERM': return { what: 'permission denied', next: 'Check that you may read and write there, and that no other program (phy, SpikeGLX) holds the file.' };
    case 'EROFS': return { what: 'the drive is read-only', next: 'Choose another destination.' };
    case 'ENOSPC': return { what: 'the disk is full', next: 'Free some space or choose another destination.' };
    case 'EDQUOT': return { what: 'your disk quota is used up', next: 'Free some space or choose another destination.' };
    case 'EFBIG': return { what: 'the file would be larger than this drive or account allows', next: 'Choose another destination.' };
    case 'EISDIR': return { what: 'is a folder, not a file' };
    case 'EEXIST': return { what: 'a file of that name is in the way', next: 'Move it away, or choose another folder.' };
    case 'ENOTDIR': return { what: 'a part of the path is a file, not a folder' };
    case 'EBUSY': return { what: 'is in use by another program', next: 'Close phy or any other program that has it open.' };
    case 'EIO': return { what: 'the drive reported a read or write error', next: 'Check the drive and its cable.' };
    case 'ENAMETOOLONG': return { what: 'the path is too long' };
    default: return { what: error instanceof Error ? error.message : String(error) };
  }
}

export function inputFileError(path: string, error: unknown): InputFileError {
  if (error instanceof InputFileError) return error;
  const { what, next } = describeFileError(error);
  return new InputFileError(path, what, { next, cause: error });
}

export function outputFileError(path: string, error: unknown): OutputFileError {
  if (error instanceof OutputFileError) return error;
  const { what, next } = describeFileError(error);
  return new OutputFileError(path, what, { next, cause: error });
}

// An error that crosses threads loses its class. Tasks throw `packError(error)`, the pool gives the class back.

import { InputFileError, JobError, OutputFileError, isAftergateError, type AftergateError } from '../common/index.ts';

interface PackedError {
  readonly tag: string;
  readonly message: string;
  readonly path?: string;
  readonly next?: string;
}

const MARK = 'aftergate-task-error:';

/** What a task should throw instead of `error`, so that the pool can give it back its class. */
export function packError(error: unknown): unknown {
  if (!isAftergateError(error)) return error;
  const packed: PackedError = { tag: error.tag, message: error.message, path: (error as { path?: string }).path, next: error.next };
  return new Error(MARK + JSON.stringify(packed), { cause: error });
}

export function reviveError(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith(MARK)) return error;
  const packed = JSON.parse(error.message.slice(MARK.length)) as PackedError;
  const options = { next: packed.next, cause: error };
  return Object.assign(emptyOfTag(packed, options), { message: packed.message });
}

function emptyOfTag(packed: PackedError, options: { next?: string; cause: unknown }): AftergateError {
  switch (packed.tag) {
    case 'input-file': return new InputFileError(packed.path ?? '', '', options);
    case 'output-file': return new OutputFileError(packed.path ?? '', '', options);
    default: return new JobError('', options);
  }
}

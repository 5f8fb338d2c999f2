// Errors as the carriers send them.

import { inputFileError, isAftergateError } from '../../common/index.ts';
import type { Failure } from '../contract/index.ts';

/**
 * A file that went away between two looks, or a share that did, is told by its name. Errors nobody foresaw are told as a
 * bug, with what is needed to report it.
 */
export function toFailure(error: unknown): Failure {
  if (isSystemError(error)) return toFailure(inputFileError(error.path, error));
  if (isAftergateError(error)) {
    const { cause } = error;
    return { tag: error.tag, text: error.message, next: error.next, details: cause instanceof Error ? cause.message : undefined };
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { tag: 'bug', text: `Aftergate met a situation it does not know: ${error instanceof Error ? error.message : String(error)}`, next: 'Copy the details into a report; what was saved is safe.', details };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { path: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}

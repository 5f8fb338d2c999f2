// The ground of the service: the profile on disk, the folders that may be used, errors as they are sent, and the context
// every area is handed. Knows no request.

export { type Access, contains, NotAllowedError, openAccess } from './access.ts';
export type { AreaContext, ServiceContext, Shell } from './context.ts';
export { exportTarget } from './exportTarget.ts';
export { toFailure } from './failure.ts';
export { type LimitStore, openLimits } from './limits.ts';
export { pruneFolder } from './prune.ts';
export { defaultProfileFolder, isText, isTexts, openProfile, type Profile } from './profile.ts';
export { writeSpeed } from './writeSpeed.ts';

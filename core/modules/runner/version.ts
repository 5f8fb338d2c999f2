// The version written into every record of a run.

import { version } from '../../../package.json';

export const aftergateVersion: string = version;

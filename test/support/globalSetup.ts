// Before any test: the browser is there or its absence is an error, said once.

import { browserPath } from './browser.ts';

export default function setup(): void {
  browserPath();
}

// Stands in for node:v8 in a browser bundle.

export function setFlagsFromString(): void {
  // A browser takes no flags, and needs none.
}

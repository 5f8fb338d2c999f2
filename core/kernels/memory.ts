// Where things lie in a kernel instance's memory.

export type MemoryPlan<Name extends string> = { readonly [key in Name]: number } & { readonly bytes: number };

/** The kernels are compiled on the promise that nothing lies below. */
const FIRST = 1024;
const CACHE_LINE = 64;

/** Gives each named area (sizes in bytes) an address, in the order given, and the size of the whole. */
export function planMemory<Name extends string>(sizes: Record<Name, number>): MemoryPlan<Name> {
  const addresses: Record<string, number> = {};
  let next = FIRST;
  for (const [name, size] of Object.entries<number>(sizes)) {
    addresses[name] = next;
    next += Math.ceil(size / CACHE_LINE) * CACHE_LINE;
  }
  addresses.bytes = next;
  return addresses as MemoryPlan<Name>;
}

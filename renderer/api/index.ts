// The renderer's side of the contract.

export type { Bridge } from './carrier.ts';
export { call, connect, onConnection, onEvent, queryClient } from './client.ts';
export { useAsk, type AskOptions, useCommand, useEvent, useKept } from './hooks.ts';

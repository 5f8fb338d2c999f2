// Texts that every floor reads alike, the screens included: what people write, taken apart and put together again.
// Plain strings in and out: no Node, no DOM, nothing imported.

export * from './catgtText.ts';
export * from './shankNumbers.ts';

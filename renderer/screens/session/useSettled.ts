// A value as it was a moment ago, once it has stopped changing: for asking while somebody types.

import { useEffect, useState } from 'react';

export function useSettled<Value>(value: Value, wait_ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait_ms);
    return () => clearTimeout(timer);
  }, [value, wait_ms]);
  return settled;
}

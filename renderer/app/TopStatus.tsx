// The right end of the top bar: what the queue does, in one line.

import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useAsk } from '../api/index.ts';
import { queueLine } from '../screens/queue/words.ts';

export function TopStatus() {
  const { data } = useAsk('queue.state', {});
  const line = data && queueLine(data);
  if (!line) return null;
  return <Anchor component={Link} href="/queue" data-testid="queue-line">{line}</Anchor>;
}

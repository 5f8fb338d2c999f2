// What the service wants said, wherever the user is: shown until it is closed, with its mark and word.

import { notifications } from '@mantine/notifications';
import { useEvent } from '../api/index.ts';
import { FindingMark } from '../components/index.ts';

export function Notices() {
  useEvent('app.notice', ({ text, severity }) => {
    notifications.show({ message: <><FindingMark severity={severity} /> {text}</>, autoClose: false, withBorder: true, role: severity === 'stop' ? 'alert' : 'status' });
  });
  return null;
}

// Text to the clipboard, with a word that it is there.

import { notifications } from '@mantine/notifications';

export function copyText(text: string): void {
  void navigator.clipboard.writeText(text).then(() => notifications.show({ message: 'Copied.' }));
}

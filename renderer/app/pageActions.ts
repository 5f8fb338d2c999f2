// The actions of the page on show, as its buttons say them: what can be pressed can be searched for.

export interface PageAction {
  readonly label: string;
  /** "Ctrl+Enter", empty where it has no key. */
  readonly keys: string;
  /** Why it cannot be pressed now. */
  readonly reason?: string;
  readonly press: () => void;
}

const most = 60;

/** Footer first, where the page's own actions stand. Buttons of tables and menus are left out: they belong to their row. */
export function pageActions(root: ParentNode): PageAction[] {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('footer button, main button:not([role]), main button[role=tab]')].filter((button) => !button.closest('[role=grid], [role=menu], li'));
  const actions = buttons.flatMap((button): PageAction[] => {
    const label = (button.getAttribute('aria-label') ?? button.textContent).trim();
    if (label === '') return [];
    const caption = button.closest('footer')?.querySelector('.caption')?.textContent ?? '';
    return [{ label, keys: keysText(button.getAttribute('aria-keyshortcuts') ?? ''), press: () => button.click(), ...(button.disabled ? { reason: caption === '' ? 'It cannot be pressed now.' : caption } : {}) }];
  });
  return actions.filter(({ label }, index) => actions.findIndex((other) => other.label === label) === index).slice(0, most);
}

/** `Control+Enter` as people read it. */
export const keysText = (keys: string): string => keys.replaceAll('Control', 'Ctrl').replaceAll('PageUp', 'PgUp').replaceAll('PageDown', 'PgDn');

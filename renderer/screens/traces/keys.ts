// The keys of the trace page, by their physical place on the keyboard.

export type TraceAction =
  | { readonly do: 'pan'; readonly pages: number } | { readonly do: 'zoom' | 'gain' | 'scroll'; readonly direction: 1 | -1 }
  | { readonly do: 'next'; readonly kind: 'event' | 'spike' | 'problem'; readonly direction: 1 | -1 }
  | { readonly do: 'state'; readonly number: number }
  | { readonly do: 'cursor'; readonly samples: number; readonly channels: number }
  | { readonly do: 'mode' | 'go' | 'first' | 'last' | 'addPane' | 'undoZoom' | 'clear' | 'spikes' | 'origin' | 'names' | 'filter' };

interface Key {
  readonly code: string;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** A step of Alt+arrow, in pictures. */
const step = 0.2;

/** @param inPane arrows without Alt move the cursor only where a pane has the focus */
export function traceAction({ code, altKey, shiftKey, ctrlKey, metaKey }: Key, inPane: boolean): TraceAction | null {
  if (ctrlKey || metaKey) return null;
  const direction = shiftKey ? -1 : 1;
  if (altKey) {
    switch (code) {
      case 'ArrowLeft': return { do: 'pan', pages: shiftKey ? -1 : -step };
      case 'ArrowRight': return { do: 'pan', pages: shiftKey ? 1 : step };
      case 'ArrowUp': return { do: 'gain', direction: -1 };
      case 'ArrowDown': return { do: 'gain', direction: 1 };
      case 'Equal': case 'NumpadAdd': return { do: 'zoom', direction: -1 };
      case 'Minus': case 'NumpadSubtract': return { do: 'zoom', direction: 1 };
      case 'Home': return { do: 'first' };
      case 'End': return { do: 'last' };
      case 'PageDown': return { do: 'next', kind: 'spike', direction: 1 };
      case 'PageUp': return { do: 'next', kind: 'spike', direction: -1 };
      case 'KeyT': return { do: 'go' };
      case 'KeyS': return { do: 'spikes' };
      case 'KeyO': return { do: 'origin' };
      case 'KeyL': return { do: 'names' };
      case 'KeyR': return { do: 'filter' };
      default: return null;
    }
  }
  if (/^(Digit|Numpad)[1-4]$/.test(code) && !shiftKey) return { do: 'state', number: Number(code.at(-1)) };
  switch (code) {
    case 'KeyE': return { do: 'next', kind: 'event', direction };
    case 'KeyX': return { do: 'next', kind: 'problem', direction };
    case 'KeyD': return { do: 'mode' };
    case 'KeyV': return { do: 'addPane' };
    case 'KeyZ': return { do: 'undoZoom' };
    case 'Escape': return { do: 'clear' };
  }
  if (!inPane) return null;
  const far = shiftKey ? 10 : 1;
  switch (code) {
    case 'ArrowLeft': return { do: 'cursor', samples: -far, channels: 0 };
    case 'ArrowRight': return { do: 'cursor', samples: far, channels: 0 };
    case 'ArrowUp': return { do: 'cursor', samples: 0, channels: far };
    case 'ArrowDown': return { do: 'cursor', samples: 0, channels: -far };
    case 'PageUp': return { do: 'scroll', direction: 1 };
    case 'PageDown': return { do: 'scroll', direction: -1 };
    default: return null;
  }
}

// The places in the frame that screens fill: breadcrumb, notation bar, actions. Filled through portals, so that a screen
// writes them where it writes the rest of itself.

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';

interface Slots {
  readonly crumbs: HTMLElement | null;
  readonly notation: HTMLElement | null;
  readonly actions: HTMLElement | null;
}

const SlotsContext = createContext<Slots>({ crumbs: null, notation: null, actions: null });

interface FrameParts {
  readonly crumbs?: ReactNode;
  readonly notation?: ReactNode;
  readonly actions?: ReactNode;
  readonly refs: { readonly [Name in keyof Slots]: (element: HTMLElement | null) => void };
}

export function FrameSlots({ children }: { readonly children: (parts: FrameParts) => ReactNode }) {
  const [crumbs, setCrumbs] = useState<HTMLElement | null>(null);
  const [notation, setNotation] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ crumbs, notation, actions }), [crumbs, notation, actions]);
  return <SlotsContext value={slots}>{children({ refs: { crumbs: setCrumbs, notation: setNotation, actions: setActions } })}</SlotsContext>;
}

export function InSlot({ name, children }: { readonly name: keyof Slots; readonly children: ReactNode }) {
  const element = useContext(SlotsContext)[name];
  return element ? createPortal(children, element) : null;
}

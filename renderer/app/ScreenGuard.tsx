// Keeps the frame standing when a screen fails to draw: says what happened in its place.

import { Component, type ReactNode } from 'react';
import { Problem } from '../components/index.ts';

export class ScreenGuard extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Problem error={{ text: `This screen could not be drawn: ${error.message}`, next: 'Go to another screen or try again; nothing that was saved is lost.', details: error.stack }} onRetry={() => this.setState({ error: null })} />;
  }
}

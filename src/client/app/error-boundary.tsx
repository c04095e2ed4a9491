import { Component } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';

interface Props {
  /** Another page clears the error: what broke was one screen. */
  readonly resetKey?: string | undefined;
  readonly children: ReactNode;
}

interface State {
  readonly isBroken: boolean;
  readonly resetKey: string | undefined;
}

/** A screen that broke says so in words; never a blank page. What is saved is on disk and does not depend on any screen. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { isBroken: false, resetKey: undefined };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { isBroken: false, resetKey: props.resetKey };
  }

  override render() {
    return this.state.isBroken ? <BrokenScreen /> : this.props.children;
  }
}

function BrokenScreen() {
  const m = useMessages();
  return (
    <PlainScreen>
      <Notice tone="danger">{m.app.broken}</Notice>
      <Button variant="primary" onClick={() => window.location.reload()}>
        {m.app.reload}
      </Button>
    </PlainScreen>
  );
}

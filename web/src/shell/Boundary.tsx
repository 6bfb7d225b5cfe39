import { Component, type ReactNode } from 'react';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/States.tsx';
import { useText } from '../i18n/index.tsx';

/** Catches a broken screen, so that the rest of the app stays usable. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const text = useText();
  return (
    <Empty
      icon="alert"
      heading="h1"
      title={text.crashed.title}
      action={<Button onClick={() => location.reload()}>{text.crashed.reload}</Button>}
    >
      {text.crashed.text}
    </Empty>
  );
}

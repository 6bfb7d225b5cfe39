import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { useText } from '../../i18n/index.tsx';

type Props = { name: string; label: string; fresh?: boolean; error?: string | undefined };

/** A password field that can show what was typed; pasting is welcome. `fresh` asks for a new one. */
export function Password({ name, label, fresh, error }: Props) {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field
        label={label}
        name={name}
        type={shown ? 'text' : 'password'}
        required
        minLength={fresh ? 12 : undefined}
        maxLength={fresh ? 128 : undefined}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        hint={fresh ? text.me.passwordHint : undefined}
        error={error}
      />
      {fresh && (
        <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {text.signIn.show}
        </Button>
      )}
    </>
  );
}

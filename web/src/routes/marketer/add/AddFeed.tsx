import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import { Field } from '../../../components/Field.tsx';
import { Page } from '../../../components/Page.tsx';
import { Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Add.module.css';
import { Follow } from './Follow.tsx';

/** Address, preview, follow: one screen, each part appearing when the one before it is known. */
export function AddFeed() {
  const text = useMarketerText().add;
  const problem = useProblem();
  const [address, setAddress] = useState('');
  const look = useMutation({
    mutationFn: (wanted: string) => call(api.POST('/feeds/preview', { body: { address: wanted } })),
  });
  const choose = (wanted: string) => {
    setAddress(wanted);
    look.mutate(wanted);
  };
  const preview = look.data;
  return (
    <Page title={text.title}>
      <form
        className={s.address}
        onSubmit={event => {
          event.preventDefault();
          look.mutate(address.trim());
        }}
      >
        <Field
          label={text.address}
          type="text"
          inputMode="url"
          required
          autoFocus
          spellCheck={false}
          autoComplete="off"
          placeholder="https://"
          value={address}
          hint={text.addressHint}
          error={look.error ? problem(look.error) : undefined}
          onChange={event => setAddress(event.target.value)}
        />
        <Button type="submit" look={preview ? 'outline' : 'primary'} icon="search" busy={look.isPending}>
          {text.look}
        </Button>
      </form>
      {look.isPending && <Skeleton shape="cards" count={3} />}
      {preview?.already && (
        <Note action={<ButtonLink href={`/marketing/feeds/${preview.already}`}>{text.toFeed}</ButtonLink>}>
          {text.already}
        </Note>
      )}
      {preview && preview.others.length > 0 && (
        <fieldset className={s.others}>
          <legend>{text.choose}</legend>
          {preview.others.map(other => (
            <button
              key={other.address}
              type="button"
              className={s.other}
              onClick={() => choose(other.address)}
            >
              <strong>{other.title}</strong>
              <span>{other.address}</span>
            </button>
          ))}
        </fieldset>
      )}
      {preview && !preview.already && preview.definition && (
        <Follow key={preview.address} preview={preview} />
      )}
    </Page>
  );
}

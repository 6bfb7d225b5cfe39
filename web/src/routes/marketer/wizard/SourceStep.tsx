import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { look } from '../../../api/mapping.ts';
import { Button } from '../../../components/Button.tsx';
import { Field } from '../../../components/Field.tsx';
import { Skeleton, useProblem } from '../../../components/States.tsx';
import { useWizardText } from '../mapping/texts.ts';
import type { Kept } from '../mapping/useMapping.ts';
import { useMarketerText } from '../texts.ts';
import { isKept } from './draft.ts';
import s from './Wizard.module.css';

type Props = {
  address?: string;
  /** A search began, so what was found before is not what is meant any more. */
  onSearch?: () => void;
  onFound: (found: Kept) => void;
  children?: ReactNode;
};

/** An address, whatever kind of page it is; when it names several feeds, one of them. What was found stands below. */
export function SourceStep({ address: known = '', onSearch, onFound, children }: Props) {
  const text = useMarketerText().add;
  const own = useWizardText().source;
  const problem = useProblem();
  const [address, setAddress] = useState(known);
  const search = useMutation({
    mutationFn: look,
    onMutate: () => onSearch?.(),
    onSuccess: found => {
      if (isKept(found)) onFound(found);
    },
  });
  const others = search.data?.others ?? [];
  const choose = (wanted: string) => {
    setAddress(wanted);
    search.mutate(wanted);
  };
  return (
    <div className={s.source}>
      <form
        className={s.address}
        onSubmit={event => {
          event.preventDefault();
          search.mutate(address.trim());
        }}
      >
        <Field
          label={text.address}
          type="text"
          inputMode="url"
          required
          autoFocus={known === ''}
          spellCheck={false}
          autoComplete="off"
          placeholder="https://"
          value={address}
          hint={text.addressHint}
          error={search.error ? problem(search.error) : undefined}
          onChange={event => setAddress(event.target.value)}
        />
        <Button type="submit" look={known ? 'outline' : 'primary'} icon="search" busy={search.isPending}>
          {text.look}
        </Button>
      </form>
      {search.isPending ? (
        <Skeleton shape="cards" count={3} />
      ) : others.length > 0 ? (
        <fieldset className={s.others}>
          <legend>{text.choose}</legend>
          {others.map(other => (
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
      ) : search.error && children ? null : (
        (children ?? (
          <p className={s.lead}>
            {own.list} <Link href="/marketing/feeds/import">{own.import}</Link>.
          </p>
        ))
      )}
    </div>
  );
}

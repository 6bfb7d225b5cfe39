import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { colleaguesQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Field } from '../../../components/Field.tsx';
import { useText } from '../../../i18n/index.tsx';
import s from './Hand.module.css';

export type Colleague = Schemas['Colleague'];

type Props = { value: Colleague | null; onChange: (colleague: Colleague | null) => void };

/** Finds a colleague by a part of the name; nobody is listed before that. */
export function ColleagueField({ value, onChange }: Props) {
  const text = useText().hand;
  const [q, setQ] = useState('');
  const letters = useDeferredValue(q.trim());
  const asks = letters.length >= 2 && !value;
  const { data } = useQuery({ ...colleaguesQuery(letters), enabled: asks });
  if (value) {
    return (
      <div className={s.chosen}>
        <p>
          {text.colleague} <strong>{value.name}</strong>
          {value.team && ` · ${value.team}`}
        </p>
        <Button look="quiet" onClick={() => onChange(null)}>
          {text.other}
        </Button>
      </div>
    );
  }
  return (
    <div className={s.people}>
      <Field
        label={text.colleague}
        hint={text.colleagueHint}
        value={q}
        autoComplete="off"
        onChange={event => setQ(event.target.value)}
      />
      <div role="status">{asks && data?.length === 0 && <p className={s.quiet}>{text.nobody}</p>}</div>
      {asks && data && data.length > 0 && (
        <ul className={s.found}>
          {data.map(one => (
            <li key={one.id}>
              <Button look="quiet" onClick={() => onChange(one)}>
                {one.name}
                {one.team && <span className={s.quiet}>{one.team}</span>}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

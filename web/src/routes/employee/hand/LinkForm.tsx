import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Field } from '../../../components/Field.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { toLocal } from '../../../lib/zone.ts';
import { type Colleague, ColleagueField } from './ColleagueField.tsx';
import s from './Hand.module.css';

const DAY = 86_400_000;
const LONGEST_AGO = 14 * DAY;

export type Proof = { url: string; shared_on: string; colleague: Colleague };

type Props = {
  /** The link that is known already, if one is. */
  url?: string | undefined;
  /** Asks for the day too. */
  dated?: boolean;
  busy: boolean;
  error: unknown;
  onSend: (proof: Proof) => void;
};

/** The link of one's own post, and the colleague who is asked to look at it. */
export function LinkForm({ url = '', dated, busy, error, onSend }: Props) {
  const text = useText().hand;
  const problem = useProblem();
  const { zone } = useLang();
  const dayOf = (at: number) => toLocal(new Date(at), zone).slice(0, 10);
  const [today] = useState(() => dayOf(Date.now()));
  const [colleague, setColleague] = useState<Colleague | null>(null);
  return (
    <form
      className={s.form}
      onSubmit={event => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        if (!colleague) return;
        onSend({ url: String(form.get('url')), shared_on: String(form.get('day') ?? today), colleague });
      }}
    >
      <Field
        label={text.link}
        name="url"
        type="url"
        required
        defaultValue={url}
        placeholder="https://"
        hint={text.linkHint}
      />
      {dated && (
        <Field
          label={text.day}
          name="day"
          type="date"
          required
          defaultValue={today}
          min={dayOf(Date.now() - LONGEST_AGO)}
          max={today}
          hint={text.dayHint}
        />
      )}
      <ColleagueField value={colleague} onChange={setColleague} />
      {error ? <Note tone="bad">{problem(error)}</Note> : null}
      <Button type="submit" look="primary" busy={busy} disabled={!colleague}>
        {text.send}
      </Button>
    </form>
  );
}

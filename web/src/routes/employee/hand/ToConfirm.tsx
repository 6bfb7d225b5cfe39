import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmationsQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { useText } from '../../../i18n/index.tsx';
import { networkName } from '../../../lib/networks.ts';
import s from './Hand.module.css';
import { LookDialog } from './LookDialog.tsx';

/** What colleagues ask one to look at; nothing when nobody asks. */
export function ToConfirm() {
  const text = useText().hand.confirm;
  const { data } = useQuery(confirmationsQuery);
  const [looking, setLooking] = useState<string | null>(null);
  const question = data?.find(one => one.id === looking);
  if (!data?.length) return null;
  return (
    <section className={s.asked} aria-labelledby="to-confirm">
      <h2 id="to-confirm">{text.heading}</h2>
      <ul>
        {data.map(one => (
          <li key={one.id} data-confirmation={one.id}>
            <p>
              {text.asks(one.colleague, networkName[one.network])}
              <span className={s.quiet}>{one.post.title}</span>
            </p>
            <Button
              look="tonal"
              aria-label={`${text.look}: ${one.colleague}, ${one.post.title}`}
              onClick={() => setLooking(one.id)}
            >
              {text.look}
            </Button>
          </li>
        ))}
      </ul>
      {question && <LookDialog question={question} onClose={() => setLooking(null)} />}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { askedBackQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { networkName } from '../../../lib/networks.ts';
import h from '../hand/Hand.module.css';
import { RemoveDialog } from './RemoveDialog.tsx';
import { useBack } from './useBack.ts';

/** Posts that the company took back and that one has shared; nothing when there are none. */
export function AskedBack() {
  const text = useText().back;
  const { data } = useQuery(askedBackQuery);
  if (!data?.length) return null;
  return (
    <section className={h.asked} aria-labelledby="asked-back">
      <h2 id="asked-back">{text.heading}</h2>
      <ul>
        {data.map(share => (
          <Question key={share.id} share={share} />
        ))}
      </ul>
    </section>
  );
}

function Question({ share }: { share: Schemas['Share'] }) {
  const text = useText().back;
  const problem = useProblem();
  const name = networkName[share.network];
  const { title } = share.post;
  const [asking, setAsking] = useState(false);
  const { keep } = useBack(share.id);
  return (
    <li data-asked-back={share.id}>
      <p>
        {text.question(name)}
        <span className={h.quiet}>{title}</span>
      </p>
      <div className={h.deeds}>
        <Button look="tonal" aria-label={`${text.remove(name)}: ${title}`} onClick={() => setAsking(true)}>
          {text.remove(name)}
        </Button>
        <Button busy={keep.isPending} aria-label={`${text.keep}: ${title}`} onClick={() => keep.mutate()}>
          {text.keep}
        </Button>
      </div>
      {keep.error && <Note tone="bad">{problem(keep.error)}</Note>}
      {asking && share.taking_back && (
        <RemoveDialog share={share} back={share.taking_back} onClose={() => setAsking(false)} />
      )}
    </li>
  );
}

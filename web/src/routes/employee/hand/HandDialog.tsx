import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { dialogQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { type Network, networkName } from '../../../lib/networks.ts';
import { toLocal } from '../../../lib/zone.ts';
import { AskStep } from './AskStep.tsx';
import s from './Hand.module.css';
import { LinkForm } from './LinkForm.tsx';
import { OpenStep } from './OpenStep.tsx';
import { useDeclare } from './useHand.ts';

type Props = { post: Schemas['OfferedPost']; network: Network; text: string; onClose: () => void };

/** Sharing by hand: the network's own dialog, "done?", and the link for a colleague to look at. */
export function HandDialog({ post, network, text: words, onClose }: Props) {
  const text = useText().hand;
  const show = useToast();
  const { zone } = useLang();
  const { data, error, refetch } = useQuery(dialogQuery(post.id, network, words));
  const [pasting, setPasting] = useState(false);
  const [noted, setNoted] = useState<Schemas['Share'] | null>(null);
  const declare = useDeclare(share => {
    const name = share.confirmation?.colleague;
    show({ text: name ? text.asked(name) : text.noted });
    if (name || !data?.can_be_confirmed) onClose();
    else setNoted(share);
  });
  const common = { post_id: post.id, network, link_code: data?.link_code ?? null };
  const yes = () =>
    declare.mutate({
      ...common,
      shared_on: toLocal(new Date(), zone).slice(0, 10),
      url: null,
      confirmer_id: null,
    });
  return (
    <Dialog title={text.title(networkName[network])} onClose={onClose}>
      <div className={s.steps}>
        {noted ? (
          <AskStep share={noted} onClose={onClose} />
        ) : !data ? (
          error ? (
            <Failed error={error} onRetry={() => refetch()} />
          ) : (
            <Skeleton count={2} />
          )
        ) : (
          <>
            <OpenStep
              dialog={data}
              busy={declare.isPending}
              error={pasting ? null : declare.error}
              onYes={yes}
              onNo={() => {
                show({ text: text.forgotten });
                onClose();
              }}
            />
            {data.can_be_confirmed && !pasting && (
              <Button look="quiet" className={s.already ?? ''} onClick={() => setPasting(true)}>
                {text.already}
              </Button>
            )}
            {pasting && (
              <>
                <p>{text.proofHint}</p>
                <LinkForm
                  dated
                  busy={declare.isPending}
                  error={declare.error}
                  onSend={({ url, shared_on, colleague }) =>
                    declare.mutate({ ...common, url, shared_on, confirmer_id: colleague.id })
                  }
                />
              </>
            )}
          </>
        )}
        <p className={s.quiet}>{text.kept}</p>
      </div>
    </Dialog>
  );
}

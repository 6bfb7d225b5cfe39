import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';
import { notificationsQuery, pendingQuery, sessionQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Check } from '../../components/Field.tsx';
import { Empty, Failed, Note, Skeleton, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { isNetwork, type Network, networkName } from '../../lib/networks.ts';
import { useParam } from '../../lib/params.ts';
import s from './Connect.module.css';
import { useChangeMe } from './me/useChangeMe.ts';
import { useChooseMail } from './me/useChooseMail.ts';
import { cameFrom, useConnect } from './share/useConnect.ts';

/** Where a network sends someone back: "is this you?", or what went wrong. */
export default function Connect({ word }: { word: string }) {
  const text = useText();
  const network = isNetwork(word) ? word : 'linkedin';
  const [pending] = useParam('pending');
  const [code] = useParam('error');
  const connect = useConnect();
  return (
    <div className={s.page}>
      <title>{`${text.connect.title} · Klaroen`}</title>
      {pending ? (
        <Confirm id={pending} network={network} />
      ) : (
        <Empty
          icon="alert"
          heading="h1"
          title={text.connect.failed(networkName[network])}
          action={
            <div className={s.deeds}>
              <ButtonLink href={cameFrom()}>{text.connect.back}</ButtonLink>
              {network === 'linkedin' && (
                <Button
                  look="primary"
                  busy={connect.isPending}
                  onClick={() => connect.mutate({ network, return_to: cameFrom() })}
                >
                  {text.connect.again}
                </Button>
              )}
            </div>
          }
        >
          {text.problems[code] ?? text.problems['network.refused']}
        </Empty>
      )}
    </div>
  );
}

function Confirm({ id, network }: { id: string; network: Network }) {
  const name = networkName[network];
  const text = useText();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const pending = useQuery(pendingQuery(id));
  const session = useQuery(sessionQuery);
  const change = useChangeMe();
  const choose = useChooseMail('connect');
  const probe = useRef<HTMLInputElement>(null);
  const remind = useRef<HTMLInputElement>(null);
  const wishes = useQuery({ ...notificationsQuery, enabled: Boolean(pending.data?.expires_at) });
  const wish = wishes.data?.find(({ purpose }) => purpose === 'connection_reminders');
  const path = { params: { path: { id } } };
  const may = session.data?.person.may_probe === true;
  /** Saves the yes to reminders, once the account is connected; answers whether nothing went wrong. */
  const remember = async () => {
    if (!wish || !remind.current?.checked) return true;
    return choose.mutateAsync({ wish, by_mail: true }).then(
      () => true,
      () => false,
    );
  };
  const yes = useMutation({
    mutationFn: async () => {
      const may_probe = probe.current ? probe.current.checked : may;
      if (may_probe !== may) await change.mutateAsync({ may_probe });
      return call(api.POST('/connections/pending/{id}/confirm', path));
    },
    onSuccess: async () => {
      const noted = await remember();
      await client.invalidateQueries({ queryKey: ['connections'] });
      show(
        noted ? { text: text.connect.connected(name) } : { text: text.connect.notNoted(name), tone: 'bad' },
      );
      navigate(pending.data?.return_to ?? '/me', { replace: true });
    },
  });
  const no = useMutation({
    mutationFn: () => call(api.DELETE('/connections/pending/{id}', path)),
    onSuccess: () => navigate(cameFrom(), { replace: true }),
  });
  if (pending.error)
    return (
      <Failed title={text.connect.failed(name)} error={pending.error} onRetry={() => pending.refetch()} />
    );
  if (!pending.data) return <Skeleton shape="block" count={1} />;
  return (
    <section className={s.card}>
      <span className={s.face} aria-hidden="true">
        {pending.data.display_name.slice(0, 1)}
      </span>
      <h1>{text.connect.title}</h1>
      <p className={s.name}>{pending.data.display_name}</p>
      {pending.data.handle && <p className={s.says}>{pending.data.handle}</p>}
      <p className={s.says}>{text.connect.text(pending.data.display_name, name)}</p>
      {network === 'linkedin' && (
        <div className={s.ask}>
          <Check ref={probe} label={text.me.probe} hint={text.me.probeHint} defaultChecked={may} />
        </div>
      )}
      {wish?.mail_works && !wish.by_mail && (
        <div className={s.ask}>
          <Check ref={remind} label={wish.words} />
        </div>
      )}
      {yes.error && <Note tone="bad">{problem(yes.error)}</Note>}
      <div className={s.deeds}>
        <Button busy={no.isPending} onClick={() => no.mutate()}>
          {text.connect.no}
        </Button>
        <Button look="primary" busy={yes.isPending} onClick={() => yes.mutate()}>
          {text.connect.yes}
        </Button>
      </div>
    </section>
  );
}

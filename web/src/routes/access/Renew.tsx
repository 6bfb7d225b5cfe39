import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, api, call, type Schemas } from '../../api/client.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../components/States.tsx';
import { en } from '../../i18n/en/mail.ts';
import { useLang, useText, useTexts } from '../../i18n/index.tsx';
import { nl } from '../../i18n/nl/mail.ts';
import { useFormat } from '../../lib/format.ts';
import { isNetwork, networkName } from '../../lib/networks.ts';
import { useParam } from '../../lib/params.ts';
import { Door } from './Door.tsx';

const both = { en, nl };

/** The page behind the link in a reminder: looking changes nothing, a click goes to the network, and it says how it went. */
export default function Renew() {
  const [renewed] = useParam('renewed');
  const [code] = useParam('error');
  const [lang] = useParam('lang');
  useSpeak(lang);
  if (code) return <NotRenewed code={code} />;
  return isNetwork(renewed) ? <Renewed name={networkName[renewed]} /> : <Offer />;
}

/** The language of the person whose connection it is, as nobody is signed in. */
function useSpeak(lang: string | undefined) {
  const { setLang } = useLang();
  useEffect(() => {
    if (lang === 'nl' || lang === 'en') setLang(lang);
  }, [lang, setLang]);
}

function Offer() {
  const text = useTexts(both).renew;
  const [token] = useState(() => location.hash.slice(1));
  const look = useQuery({
    queryKey: ['renewal', token],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => call(api.POST('/renewals/look', { body: { token } })),
  });
  useSpeak(look.data?.language);
  if (look.error instanceof ApiError && look.error.code === 'renewal.gone') {
    return (
      <Door title={text.gone}>
        <p>{text.goneText}</p>
        <ButtonLink href="/me">{text.home}</ButtonLink>
      </Door>
    );
  }
  if (!look.data) {
    return (
      <Door title={text.submit}>
        {look.error ? (
          <Failed error={look.error} onRetry={() => look.refetch()} />
        ) : (
          <Skeleton shape="block" count={1} />
        )}
      </Door>
    );
  }
  return <Click token={token} offered={look.data} />;
}

function Click({ token, offered }: { token: string; offered: Schemas['OfferedRenewal'] }) {
  const text = useTexts(both).renew;
  const format = useFormat();
  const problem = useProblem();
  const { display_name: name, works, expires_at, waiting_shares } = offered;
  const network = networkName[offered.network];
  const start = useMutation({
    mutationFn: () => call(api.POST('/renewals/start', { body: { token } })),
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });
  return (
    <Door title={text.title(network)}>
      <p>
        {works && expires_at ? text.ends(name, format.dayYear(expires_at)) : text.ended(name)}
        {waiting_shares > 0 && ` ${works ? text.planned(waiting_shares) : text.waiting(waiting_shares)}`}
      </p>
      <p>{text.how(network, name)}</p>
      {start.error && <Note tone="bad">{problem(start.error)}</Note>}
      <Button look="primary" busy={start.isPending} onClick={() => start.mutate()}>
        {text.submit}
      </Button>
    </Door>
  );
}

function Renewed({ name }: { name: string }) {
  const text = useTexts(both).renew;
  const [days] = useParam('days');
  const [shares] = useParam('shares');
  const waiting = Number.parseInt(shares, 10);
  return (
    <Door title={text.doneTitle}>
      <Note tone="good">{/^\d+$/.test(days) ? text.doneDays(name, Number(days)) : text.done(name)}</Note>
      {waiting > 0 && <p>{text.goesOut(waiting)}</p>}
      <ButtonLink href="/shares">{text.home}</ButtonLink>
    </Door>
  );
}

function NotRenewed({ code }: { code: string }) {
  const text = useTexts(both).renew;
  const { problems } = useText();
  return (
    <Door title={text.failed}>
      <Note tone="bad">{problems[code] ?? problems['network.refused']}</Note>
      <p>{text.again}</p>
      <ButtonLink href="/me">{text.home}</ButtonLink>
    </Door>
  );
}

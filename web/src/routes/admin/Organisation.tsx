import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { organisationQuery } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Counted } from '../../components/Counted.tsx';
import { Area, Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useRefusals } from '../../lib/refusals.ts';
import s from './Organisation.module.css';
import { Template } from './Template.tsx';
import { useAdminText } from './texts.ts';

/** Most characters of a line. */
const LINE = 200;

type Rules = Schemas['OrganisationRules'];

/** The organisation's own rules: the line below every text, what is added to links, and where they may lead. */
export function Organisation() {
  const text = useAdminText().organisation;
  const { data, error, refetch } = useQuery(organisationQuery);
  return (
    <Page title={text.title} sub={text.sub} width="text">
      {data ? (
        <Form rules={data} />
      ) : error ? (
        <Failed title={text.errorText} error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Form({ rules }: { rules: Rules }) {
  const texts = useText();
  const text = useAdminText().organisation;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [nl, setNl] = useState(rules.disclosure?.nl ?? '');
  const [en, setEn] = useState(rules.disclosure?.en ?? '');
  const [template, setTemplate] = useState(rules.utm_template);
  const [name, setName] = useState(rules.page?.name ?? '');
  const [urn, setUrn] = useState(numberOf(rules.page));
  const [hosts, setHosts] = useState(rules.link_hosts.join('\n'));
  const save = useMutation({
    mutationFn: (body: Rules) => call(api.PUT('/organisation', { body })),
    onSuccess: saved => {
      client.setQueryData(organisationQuery.queryKey, saved);
      setHosts(saved.link_hosts.join('\n'));
      setUrn(numberOf(saved.page));
      for (const queryKey of [['posts'], ['post']]) void client.invalidateQueries({ queryKey });
      show({ text: text.saved });
    },
  });
  const at = useRefusals(save.error);
  return (
    <form
      className={s.form}
      onSubmit={event => {
        event.preventDefault();
        save.mutate({
          disclosure: nl.trim() || en.trim() ? { nl, en } : null,
          utm_template: template,
          link_hosts: hosts
            .split('\n')
            .map(host => host.trim())
            .filter(Boolean),
          page: name.trim() || urn.trim() ? { name, urn } : null,
        });
      }}
    >
      <Part title={text.lineTitle} hint={text.lineHint}>
        <Counted
          label={text.lineNl}
          longest={LINE}
          value={nl}
          error={at('/disclosure/nl')}
          onChange={event => setNl(event.target.value)}
        />
        <Counted
          label={text.lineEn}
          longest={LINE}
          value={en}
          error={at('/disclosure/en')}
          onChange={event => setEn(event.target.value)}
        />
      </Part>
      <Part title={text.pageTitle} hint={text.pageHint}>
        <Field
          label={text.pageName}
          value={name}
          error={at('/page/name')}
          onChange={event => setName(event.target.value)}
        />
        <Field
          label={text.pageUrn}
          value={urn}
          inputMode="numeric"
          error={at('/page/urn')}
          onChange={event => setUrn(event.target.value)}
        />
      </Part>
      <Part title={text.utmTitle} hint={text.utmHint}>
        <Template value={template} onChange={setTemplate} />
      </Part>
      <Part title={text.hostsTitle} hint={text.hostsHint}>
        <Area
          label={text.hosts}
          value={hosts}
          error={at('/link_hosts')}
          spellCheck={false}
          autoCapitalize="none"
          onChange={event => setHosts(event.target.value)}
        />
      </Part>
      {save.error && <Note tone="bad">{problem(save.error)}</Note>}
      <div>
        <Button type="submit" look="primary" busy={save.isPending}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}

/** The number of a page, without what stands before it in LinkedIn's name for it. */
const numberOf = (page: Rules['page']) => page?.urn.replace(/^urn:li:organization:/, '') ?? '';

function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section className={s.part}>
      <h2>{title}</h2>
      <p className={s.hint}>{hint}</p>
      {children}
    </section>
  );
}

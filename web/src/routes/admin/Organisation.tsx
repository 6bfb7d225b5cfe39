import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError, api, call, type Schemas } from '../../api/client.ts';
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
import { clashes, type Fields, fieldsOf, merged, rulesOf } from './organisationFields.ts';
import { Template } from './Template.tsx';
import { useAdminText } from './texts.ts';

/** Most characters of a line. */
const LINE = 200;
/** Most characters of a page's name. */
const NAME = 100;

type Rules = Schemas['OrganisationRules'];

/**
 * The organisation's own rules: the line below every text, what is added to links, and where they may lead. The form opens
 * on what holds right now, never on what this browser saw before.
 */
export function Organisation() {
  const text = useAdminText().organisation;
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...organisationQuery,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Page title={text.title} sub={text.sub} width="text">
      {data && isFetchedAfterMount && !error ? (
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
  const [read, setRead] = useState(rules);
  const [fields, setFields] = useState(() => fieldsOf(rules));
  const [theirs, setTheirs] = useState<Partial<Fields>>();
  const form = useRef<HTMLFormElement>(null);
  const set = (part: Partial<Fields>) => setFields({ ...fields, ...part });
  const save = useMutation({
    mutationFn: (body: Rules) => call(api.PUT('/organisation', { body })),
    onMutate: () => setTheirs(undefined),
    onSuccess: saved => {
      client.setQueryData(organisationQuery.queryKey, saved);
      setRead(saved);
      setFields(fieldsOf(saved));
      for (const queryKey of [['posts'], ['post']]) void client.invalidateQueries({ queryKey });
      show({ text: text.saved });
    },
    onError: async error => {
      if (!(error instanceof ApiError) || error.code !== 'organisation.changed_meanwhile') return;
      const now = await call(api.GET('/organisation')).catch(() => undefined);
      if (!now) return;
      const [before, other] = [fieldsOf(read), fieldsOf(now)];
      setRead(now);
      setFields(mine => merged(before, mine, other));
      setTheirs(Object.fromEntries(clashes(before, fields, other).map(name => [name, other[name]])));
    },
  });
  const at = useRefusals(save.error);
  const wrong = save.error instanceof ApiError ? save.error.fields.length : 0;
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const labels = {
    nl: text.lineNl,
    en: text.lineEn,
    name: text.pageName,
    urn: text.pageUrn,
    template: text.utm,
    hosts: text.hosts,
  };
  return (
    <form
      ref={form}
      className={s.form}
      onSubmit={event => {
        event.preventDefault();
        save.mutate({ ...rulesOf(fields), version: read.version ?? null });
      }}
    >
      <Part title={text.lineTitle} hint={text.lineHint}>
        <Counted
          label={text.lineNl}
          longest={LINE}
          value={fields.nl}
          error={at('/disclosure/nl')}
          onChange={event => set({ nl: event.target.value })}
        />
        <Counted
          label={text.lineEn}
          longest={LINE}
          value={fields.en}
          error={at('/disclosure/en')}
          onChange={event => set({ en: event.target.value })}
        />
      </Part>
      <Part title={text.pageTitle} hint={text.pageHint}>
        <Counted
          label={text.pageName}
          longest={NAME}
          value={fields.name}
          error={at('/page/name')}
          onChange={event => set({ name: event.target.value })}
        />
        <Field
          label={text.pageUrn}
          value={fields.urn}
          inputMode="numeric"
          error={at('/page/urn')}
          onChange={event => set({ urn: event.target.value })}
        />
      </Part>
      <Part title={text.utmTitle} hint={text.utmHint}>
        <Template value={fields.template} onChange={template => set({ template })} />
      </Part>
      <Part title={text.hostsTitle} hint={text.hostsHint}>
        <Area
          label={text.hosts}
          value={fields.hosts}
          error={at('/link_hosts')}
          spellCheck={false}
          autoCapitalize="none"
          onChange={event => set({ hosts: event.target.value })}
        />
      </Part>
      {theirs ? (
        <div role="alert">
          <Note tone="warn">
            {text.meanwhile}
            {Object.entries(theirs).map(([name, value]) => (
              <p key={name}>{text.theirs(labels[name as keyof Fields], value)}</p>
            ))}
          </Note>
        </div>
      ) : (
        save.error && <Note tone="bad">{wrong > 0 ? text.wrong(wrong) : problem(save.error)}</Note>
      )}
      <div>
        <Button type="submit" look="primary" busy={save.isPending}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}

function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section className={s.part}>
      <h2>{title}</h2>
      <p className={s.hint}>{hint}</p>
      {children}
    </section>
  );
}

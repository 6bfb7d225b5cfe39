import type { Schemas } from '../../api/client.ts';

type Rules = Schemas['OrganisationRules'];

/** The organisation's rules as the form has them: texts, of which an empty one is no rule. */
export type Fields = { nl: string; en: string; template: string; name: string; urn: string; hosts: string };

/** What the form shows of the rules; the page's number without what stands before it in LinkedIn's name for it. */
export const fieldsOf = ({ disclosure, utm_template, page, link_hosts }: Rules): Fields => ({
  nl: disclosure?.nl ?? '',
  en: disclosure?.en ?? '',
  template: utm_template,
  name: page?.name ?? '',
  urn: page?.urn.replace(/^urn:li:organization:/, '') ?? '',
  hosts: link_hosts.join('\n'),
});

/** The rules that a form asks for; what has one of two fields filled goes to the server, which says what is missing. */
export const rulesOf = ({ nl, en, template, name, urn, hosts }: Fields): Omit<Rules, 'version'> => ({
  disclosure: nl.trim() || en.trim() ? { nl, en } : null,
  utm_template: template,
  page: name.trim() || urn.trim() ? { name, urn } : null,
  link_hosts: hosts
    .split('\n')
    .map(host => host.trim())
    .filter(Boolean),
});

/** A form on which two people worked: what only the other changed is theirs, all else stays. */
export const merged = (before: Fields, mine: Fields, theirs: Fields): Fields => {
  const kept = (name: keyof Fields) => (mine[name] === before[name] ? theirs[name] : mine[name]);
  return {
    nl: kept('nl'),
    en: kept('en'),
    template: kept('template'),
    name: kept('name'),
    urn: kept('urn'),
    hosts: kept('hosts'),
  };
};

/** Fields that both changed, each in their own way. */
export const clashes = (before: Fields, mine: Fields, theirs: Fields) =>
  (Object.keys(before) as (keyof Fields)[]).filter(
    name => mine[name] !== before[name] && theirs[name] !== before[name] && mine[name] !== theirs[name],
  );

import type { Schemas } from '../api/client.ts';

export type Network = Schemas['Network'];

/** The networks by the names that people know. */
export const networkName: Record<Network, string> = {
  linkedin: 'LinkedIn',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  x: 'X',
  facebook: 'Facebook',
  whatsapp: 'WhatsApp',
  threads: 'Threads',
  xing: 'XING',
  email: 'E-mail',
};

/** Where people share by hand only, in the order of the menu. */
export const handNetworks: Network[] = ['x', 'facebook', 'whatsapp', 'threads', 'xing', 'email'];

/** All networks, those of the menu last. */
export const allNetworks: Network[] = ['linkedin', 'mastodon', 'bluesky', ...handNetworks];

/** Posts there have no address that a colleague can look at. */
export const hasNoAddress = (network: Network) => network === 'whatsapp' || network === 'email';

export const isNetwork = (word: string | undefined): word is Network =>
  word !== undefined && Object.hasOwn(networkName, word);

/** "LinkedIn, Mastodon and Bluesky", or "or" where one of them is enough, in the language of the reader. */
export const listed = (
  networks: Network[],
  lang: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
) => new Intl.ListFormat(lang, { type }).format(networks.map(network => networkName[network]));

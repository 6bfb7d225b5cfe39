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

export const isNetwork = (word: string | undefined): word is Network =>
  word !== undefined && Object.hasOwn(networkName, word);

/** "LinkedIn, Mastodon and Bluesky", in the language of the reader. */
export const listed = (networks: Network[], lang: string) =>
  new Intl.ListFormat(lang, { type: 'conjunction' }).format(networks.map(network => networkName[network]));

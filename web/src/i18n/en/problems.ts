/**
 * Refusals that the page words better than the server. The server's own sentences are English and say what to do, so
 * whatever is not listed here shows as it came. What a network's way back can end with is all here: its address
 * carries a code alone.
 */
export const problems: Record<string, string> = {
  offline: 'No connection with the server. Check your network and try again.',
  rate_limited: 'Too many tries. Wait a minute and try again.',
  forbidden: 'You may not do this.',
  not_found: 'This is not here any more.',
  internal: 'The server made a mistake. Try again in a moment.',
  'session.wrong_credentials': 'This e-mail and password do not match.',
  'connection.missing': 'Your account is not connected.',
  'state.invalid': 'The way back from the network did not match this browser. Start again.',
  cancelled: 'You stopped on the page of the network. Nothing was connected.',
  'network.paused': 'The network lets nobody of your organisation through today. It goes out by itself.',
  'network.refused': 'The network refused. Try again in a few minutes.',
  'network.out_of_reach': 'The network could not be reached. Try again in a few minutes.',
  'network.not_configured': 'This network is not set up here yet. Ask an admin.',
  'network.by_hand': 'On this network you share by hand; there is nothing to connect.',
  'network.other_way': 'This network is connected in another way. Go to your accounts.',
  'renewal.gone':
    'This link does not work any more. Your connection was renewed or ended, or the link is too old.',
  'renewal.other_account':
    'You allowed another account than the one that is connected here. Sign in at the network with your own.',
  'connection.taken': 'This account is already connected to a colleague.',
  'feed.cut_off':
    'This document ends in the middle of an item, and no whole one is in it. Try again later, or ask the owner of the site.',
  'organisation.changed_meanwhile':
    'Someone else changed these rules meanwhile. Reload them and change them again.',
  taken: 'This account is already connected to a colleague.',
};

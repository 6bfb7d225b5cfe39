/**
 * Refusals that the page words better than the server. The server's own sentences are English and say what to do, so
 * whatever is not listed here shows as it came.
 */
export const problems: Record<string, string> = {
  offline: 'No connection with the server. Check your network and try again.',
  rate_limited: 'Too many tries. Wait a minute and try again.',
  forbidden: 'You may not do this.',
  not_found: 'This is not here any more.',
  internal: 'The server made a mistake. Try again in a moment.',
  'session.wrong_credentials': 'This e-mail and password do not match.',
  'connection.missing': 'Your LinkedIn is not connected.',
  'state.invalid': 'The way back from LinkedIn did not match this browser. Start again from here.',
  cancelled: 'You stopped on the LinkedIn page. Nothing was connected.',
  'network.paused': 'LinkedIn lets nobody of your organisation through today. It goes out by itself.',
  'network.refused': 'LinkedIn refused. Try again in a few minutes.',
  taken: 'This LinkedIn profile is already connected to a colleague.',
};

/** Every refusal that the server names, in words that say what to do. */
export const problems: Record<string, string> = {
  offline: 'No connection with the server. Check your network and try again.',
  rate_limited: 'Too many tries. Wait a minute and try again.',
  'http.403': 'You may not do this.',
  'http.404': 'This is not here any more.',
  'http.500': 'The server made a mistake. Try again in a moment.',
  'session.wrong_credentials': 'This e-mail and password do not match.',
  'invite.gone': 'This invitation no longer works. Ask an admin for a new one.',
  'share.already_shared': 'You already shared this post.',
  'connection.missing': 'Your LinkedIn is not connected.',
  'post.not_live': 'This post can no longer be shared.',
  'state.invalid': 'The way back from LinkedIn did not match this browser. Start again from here.',
  cancelled: 'You stopped on the LinkedIn page. Nothing was connected.',
  'network.refused': 'LinkedIn refused. Try again in a few minutes.',
  taken: 'This LinkedIn profile is already connected to a colleague.',
  'schedule.invalid': 'This timetable cannot be read.',
};

import type { problems as en } from '../en/problems.ts';

export const problems: typeof en = {
  offline: 'Geen verbinding met de server. Controleer je netwerk en probeer het opnieuw.',
  rate_limited: 'Te veel pogingen. Wacht een minuut en probeer het opnieuw.',
  'http.403': 'Dit mag je niet doen.',
  'http.404': 'Dit is er niet meer.',
  'http.500': 'De server maakte een fout. Probeer het zo nog eens.',
  'session.wrong_credentials': 'Dit e-mailadres en wachtwoord horen niet bij elkaar.',
  'invite.gone': 'Deze uitnodiging werkt niet meer. Vraag een beheerder om een nieuwe.',
  'share.already_shared': 'Je hebt dit bericht al gedeeld.',
  'connection.missing': 'Je LinkedIn is niet verbonden.',
  'post.not_live': 'Dit bericht kan niet meer worden gedeeld.',
  'state.invalid': 'De weg terug van LinkedIn paste niet bij deze browser. Begin hier opnieuw.',
  cancelled: 'Je bent gestopt op de pagina van LinkedIn. Er is niets verbonden.',
  'network.refused': 'LinkedIn weigerde. Probeer het over een paar minuten opnieuw.',
  taken: 'Dit LinkedIn-profiel is al verbonden aan een collega.',
  'schedule.invalid': 'Dit rooster is niet te lezen.',
};

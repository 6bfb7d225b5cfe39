import type { en } from '../en/admin.ts';

const meervoud = (n: number, een: string, meer: string) => `${n} ${n === 1 ? een : meer}`;

export const nl: typeof en = {
  title: 'Mensen',
  invite: 'Uitnodigen',
  search: 'Zoek op naam of e-mail',
  errorText: 'De mensen konden niet worden geladen.',
  emptyTitle: 'Niemand gevonden',
  emptyText: 'Niemand past bij deze zoekopdracht.',
  connection: { works: 'Koppeling werkt', broken: 'Koppeling stuk', none: 'Niet verbonden' },
  inactive: 'Uitgeschakeld',
  editThis: name => `${name} bewerken`,
  edit: {
    name: 'Naam',
    team: 'Team',
    staff: 'Personeelsnummer',
    roles: 'Rollen',
    hints: {
      employee: 'Deelt berichten, ziet het eigen jaar.',
      marketer: 'Feeds en berichten; totalen, nooit wie.',
      hr: 'Weken en bonus van wie meedoet.',
      admin: 'Alleen accounts; geen andere persoonlijke gegevens.',
    },
    deactivate: 'Uitschakelen',
    activate: 'Weer inschakelen',
    deactivateHint:
      'Beëindigt alle sessies, wist alle toestemmingen bij netwerken en stopt geplande berichten, meteen.',
    saved: 'Bewaard.',
    gone: name => `${name} is uitgeschakeld.`,
    back: name => `${name} is weer ingeschakeld.`,
  },
  invites: {
    title: 'Open uitnodigingen',
    none: 'Geen open uitnodigingen.',
    until: at => `Geldig tot ${at}`,
    withdraw: 'Intrekken',
    withdrawThis: name => `De uitnodiging van ${name} intrekken`,
    count: n => meervoud(n, 'open uitnodiging', 'open uitnodigingen'),
  },
  newInvite: {
    title: 'Iemand uitnodigen',
    email: 'E-mail',
    create: 'Uitnodiging maken',
    readyTitle: 'Verstuur deze link',
    ready: (email, at) =>
      `Geef hem alleen aan ${email}. Hij werkt één keer, tot ${at}, en is alleen nu te zien.`,
    link: 'Link',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    another: 'Nog iemand uitnodigen',
  },
  organisation: {
    title: 'Organisatie',
    sub: 'Regels voor alles wat uitgaat. Wat al gepland is houdt de regel waarmee het gemaakt is.',
    errorText: 'De regels konden niet worden geladen.',
    saved: 'Bewaard. Het geldt vanaf nu.',
    wrong: n => (n === 1 ? 'Eén veld klopt nog niet.' : `${n} velden kloppen nog niet.`),
    meanwhile:
      'Iemand anders wijzigde deze regels intussen, en er is nog niets van jou bewaard. Hun wijzigingen staan nu ook in het formulier; waar jullie hetzelfde wijzigden staat die van jou. Kijk ernaar en bewaar opnieuw.',
    theirs: (field, value) =>
      value ? `${field}: zij schreven “${value}”.` : `${field}: zij maakten dit leeg.`,
    lineTitle: 'Een regel onder elke tekst',
    lineHint:
      'Veel organisaties vragen hun mensen te zeggen waar ze werken. Klaroen zet de regel onder elke tekst die het plaatst, op elk netwerk, en hij telt mee in de lengte. Wie zelf deelt krijgt de regel bij de tekst en kan hem daar weglaten. Laat beide leeg voor geen regel.',
    lineNl: 'In het Nederlands',
    lineEn: 'In het Engels',
    pageTitle: 'Jullie pagina op LinkedIn',
    pageHint:
      'Staat er @ met deze naam in een tekst, dan leidt die op LinkedIn naar jullie pagina. Schrijf de naam precies zoals LinkedIn. Het nummer staat in het adres van de pagina als je de pagina beheert. Laat beide leeg voor geen pagina.',
    pageName: 'Naam van de pagina',
    pageUrn: 'Nummer van de pagina',
    utmTitle: 'Wat je eigen statistieken zien',
    utmHint:
      'Komt achter het adres waar een nieuwe korte link heen leidt. Wat een adres zelf al heeft blijft zoals het is. Over de persoon kan hier niets staan.',
    utm: 'Toevoegingen',
    places: 'Je kunt {network}, {topic}, {feed} en {post} gebruiken.',
    column: n => `Bij teken ${n}.`,
    example: 'Een bericht dat leidt naar',
    becomes: 'leidt op LinkedIn dan naar',
    same: 'Er komt niets bij.',
    hostsTitle: 'Goedgekeurde sites',
    hostsHint:
      'Eén per regel, zoals voorbeeld.nl; *.voorbeeld.nl is elke site daaronder. Een bericht naar een andere site kan niet live, en links erheen leiden niet meer door, op elke server binnen een minuut. Leeg: elke site met https.',
    hosts: 'Sites waar links heen mogen',
  },
  publishing: {
    title: 'Plaatsen',
    errorText: 'Hoe het plaatsen gaat kon niet worden geladen.',
    fine: 'Alles wat aan de beurt is gaat uit.',
    paused: (since, until) =>
      `LinkedIn laat niemand van je organisatie door: de grens van de dag werd ${since} bereikt. Berichten wachten tot ${until}.`,
    stuck: (n, state, ago) =>
      `${meervoud(n, 'bericht', 'berichten')} (${state}) had ${ago} verder gemoeten. Draait er een worker?`,
    seen: (ago, times) => `Laatst gezien ${ago}, ${times} keer.`,
    alarms: {
      'network.form':
        'LinkedIn weigert de vorm van wat er wordt verstuurd. Is er een nieuwere Klaroen? De code zegt waarover het ging.',
      'network.permission':
        'LinkedIn weigert berichten van deze app. Kijk naar de producten en rechten in het ontwikkelaarsportaal.',
      'network.version':
        'LinkedIn bedient een ingestelde versie van de API niet meer. Zet een nieuwere in KLAROEN_LINKEDIN_VERSION.',
      'network.version_ends':
        'LinkedIn stopt binnenkort met de versie van de API die in gebruik is. Voeg een nieuwere toe aan KLAROEN_LINKEDIN_VERSION.',
      'clock.wrong':
        'De klok van een worker loopt verkeerd, dus die plaatst niets. Zet hem goed; herstart de worker als hij is teruggezet.',
      'share.stuck':
        'Berichten zijn meer dan 15 minuten over tijd. Draait er een worker, en bereikt die de database?',
    },
    cannotShare: 'Wie nu niet kan delen',
    cannotShareHint:
      "Hun koppeling is afgelopen. Hun eigen pagina's vragen ze om die te vernieuwen; wat wacht blijft zeven dagen bewaard.",
    everybodyCan: 'Iedereen die een account koppelde kan delen.',
    versions: 'Versies van de LinkedIn-API',
    inUse: 'in gebruik',
    ends: (day, announced) => (announced ? `tot ${day}` : `zeker tot ${day}`),
    days: n => meervoud(n, 'dag over', 'dagen over'),
    mail: {
      title: 'Mail',
      off: 'Mail staat uit: herinneringen staan alleen in de app. Zet KLAROEN_SMTP_URL en KLAROEN_MAIL_FROM.',
      fine: 'Mail werkt, voor zover bekend.',
      waiting: (n, why) => `${meervoud(n, 'mail wacht', 'mails wachten')} op een nieuwe poging: ${why}.`,
      retry: 'Probeer ze opnieuw',
      retried: 'Ze gaan zo meteen opnieuw uit.',
      failed: (n, kind, why, ago) =>
        `${meervoud(n, 'mail', 'mails')} (${kind}) ${n === 1 ? 'ging' : 'gingen'} niet uit: ${why}, voor het laatst ${ago}.`,
      kinds: { connection_ends: 'een koppeling eindigt', connection_ended: 'een koppeling is geëindigd' },
      refused: code => `de mailserver antwoordde ${code}`,
      whys: {
        field: 'een naam of adres dat in geen mail past',
        slow: 'de mailserver doet er te lang over',
        tls: 'geen veilige verbinding met de mailserver',
        unreachable: 'de mailserver is niet bereikbaar',
      },
    },
    gone: 'weg, zegt LinkedIn',
  },
};

// What the server says in English about expressions, out of a fixed stock of phrases, in Dutch. What is not known here
// stays as it came.
import { mistake } from './patterns.ts';

type Phrase = [RegExp, string];

const whys: Phrase[] = [
  [/found by names alone/, 'alleen op naam gevonden'],
  [/it stands outside the items, so they share it/, 'het staat buiten de items, dus ze delen het'],
  [
    /some have several; the first counts, and for categories all do/,
    'sommige hebben er meer; het eerste telt, en bij categorieën alle',
  ],
  [/told apart by (.+)\./, 'onderscheiden door $1.'],
  [/searched anywhere in the document/, 'overal in het document gezocht'],
  [/searched anywhere in the item/, 'overal in het item gezocht'],
  [/by position, which breaks when the order changes/, 'op plaats; dat gaat mis als de volgorde verandert'],
  [/^It is empty in all items/, 'In alle items leeg'],
  [/^The only item has it/, 'Het enige item heeft het'],
  [/^All (\d+) items have it/, 'Alle $1 items hebben het'],
  [/^(\d+) of (\d+) items have it/, '$1 van $2 items hebben het'],
  [/^It finds one item/, 'Vindt één item'],
  [/^It finds (\d+) items/, 'Vindt $1 items'],
  [/, at any depth\./, ', op elke diepte.'],
  [/, only those of this sort\./, ', alleen die van deze soort.'],
  [/^There is one <([^>]+)>/, 'Er is één <$1>'],
  [/^There are (\d+) <([^>]+)>/, 'Er zijn er $1: <$2>'],
  [/, with (.+) and (.+) inside\.$/, ', met $1 en $2 erin.'],
  [/, with (.+) inside\.$/, ', met $1 erin.'],
];

const faults: Phrase[] = [
  [/^the text that starts with (.) has no end$/, 'de tekst die met $1 begint heeft geen einde'],
  [/^variables \(\$name\) do not exist here$/, 'variabelen ($naam) bestaan hier niet'],
  [
    /^braces do not exist in XPath 1\.0; write a prefix, as in (.+)$/,
    'accolades bestaan niet in XPath 1.0; schrijf een voorvoegsel, zoals $1',
  ],
  [
    /^"!" alone has no meaning; write not\(\.\.\.\) or !=$/,
    '“!” alleen betekent niets; schrijf not(...) of !=',
  ],
  [/^"&" has no meaning; write and$/, '“&” betekent niets; schrijf and'],
  [/^"(.+)" has no meaning here$/, '“$1” betekent hier niets'],
  [/^the expression is empty$/, 'de uitdrukking is leeg'],
  [
    /^the expression should end here, or an operator is missing$/,
    'hier moet de uitdrukking ophouden, of er ontbreekt een teken ertussen',
  ],
  [/^"(.+)" is missing here$/, 'hier ontbreekt “$1”'],
  [/^a name is missing here, such as title or @href$/, 'hier ontbreekt een naam, zoals title of @href'],
  [/^there is no axis "(.+)"$/, 'er is geen as “$1”'],
  [/^there is no function (.+); known are (.+)$/, 'er is geen functie $1; bekend zijn $2'],
  [
    /^only a path can go on here, not a text or number$/,
    'alleen een pad kan hier verdergaan, geen tekst of getal',
  ],
  [/^functions have no prefix$/, 'functies hebben geen voorvoegsel'],
  [
    /^the prefix "(.+)" is declared nowhere in this document and is not well known$/,
    'het voorvoegsel “$1” staat nergens in dit document en is niet algemeen bekend',
  ],
  [/^too expensive: .+$/, 'dit kost te veel rekentijd; schrijf een rechter pad'],
  [
    /^the step (.+) takes too long; use a more direct path$/,
    'de stap $1 duurt te lang; schrijf een rechter pad',
  ],
  [/^this cannot be evaluated: (.+)$/, 'dit is niet uit te rekenen: $1'],
  [/^more than \d+ (.+); write it more simply$/, 'dit is te ingewikkeld; schrijf het eenvoudiger'],
  [/^split needs a separator$/, 'knippen heeft een scheidingsteken nodig'],
  [/^truncate needs a number of characters above 0$/, 'inkorten heeft een aantal tekens boven 0 nodig'],
  [/^(.+) is no date format; an example is (.+)$/, '$1 is geen datumvorm; een voorbeeld is $2'],
  [/^the pattern (.+) is not valid: (.+)$/, 'het patroon $1 klopt niet: $2'],
];

const repairs: Phrase[] = [
  [
    /^bytes that are no text in this charset were replaced/,
    'bytes die in deze tekenset geen tekst zijn, zijn vervangen',
  ],
  [
    /^the charset is not told, or not rightly, and was guessed/,
    'de tekenset is niet of verkeerd opgegeven en is geraden',
  ],
  [
    /^an entity that only HTML knows was read as HTML does/,
    'een entiteit die alleen HTML kent is gelezen zoals HTML dat doet',
  ],
  [/^an ampersand that was not escaped was taken as text/, 'een los &-teken is als tekst gelezen'],
  [/^what should be an address is none/, 'wat een adres moet zijn is er geen'],
  [/^the JSON is broken here, the rest was left out/, 'de JSON is hier kapot; de rest is weggelaten'],
  [/^control characters were removed/, 'stuurtekens zijn weggehaald'],
  [/^text before the document was skipped/, 'tekst voor het document is overgeslagen'],
  [/^text after the document was skipped/, 'tekst na het document is overgeslagen'],
  [
    /^the DOCTYPE was skipped, its entities are not expanded/,
    'de DOCTYPE is overgeslagen en zijn entiteiten niet ingevuld',
  ],
  [/^an undefined entity stayed as text/, 'een onbekende entiteit bleef tekst'],
  [/^a broken tag was read as text/, 'een kapotte tag is als tekst gelezen'],
  [/^a broken attribute was mended/, 'een kapot attribuut is hersteld'],
  [/^an element that was not closed was closed/, 'een element dat openstond is gesloten'],
  [/^an end tag without a start was ignored/, 'een eindtag zonder begin is overgeslagen'],
  [/^a prefix was not declared/, 'een voorvoegsel was niet aangegeven'],
  [/^the namespace was missing and was added/, 'de naamruimte ontbrak en is toegevoegd'],
  [
    /^the document ends inside an item, which was left out/,
    'het document houdt midden in een item op, dat is weggelaten',
  ],
  [/^the document ends before it is closed/, 'het document houdt op voordat het gesloten is'],
  [/^a text was too long and was cut/, 'een tekst was te lang en is ingekort'],
  [
    /^an item was too large, the rest of it was left out/,
    'een item was te groot; de rest ervan is weggelaten',
  ],
  [/^a date could not be read/, 'een datum was niet te lezen'],
  [/^the document was still compressed/, 'het document was nog ingepakt'],
  [/, (\d+) times$/, ', $1 keer'],
];

function put(phrases: Phrase[], sentence: string): string {
  let text = sentence;
  for (const [english, dutch] of phrases) text = text.replace(english, dutch);
  return text;
}

/** What had to be mended to read a document. */
export const repair = (sentence: string) => put(repairs, sentence);
/** Why an expression or an item path is offered. */
export const why = (sentence: string) => put(whys, sentence);
/** What is wrong with an expression or a transform. */
export function fault(sentence: string): string {
  const words = `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
  const dutch = mistake(put(faults, words));
  return dutch === words ? sentence : `${dutch.charAt(0).toUpperCase()}${dutch.slice(1)}.`;
}

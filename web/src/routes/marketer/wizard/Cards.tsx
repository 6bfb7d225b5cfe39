import type { Schemas } from '../../../api/client.ts';
import { LinkedInCard } from '../../../components/LinkedInCard.tsx';
import { domainOf } from '../../../lib/domain.ts';
import { useFormat } from '../../../lib/format.ts';
import { useMarketerText } from '../texts.ts';
import s from './Cards.module.css';

type Props = {
  cards: Schemas['Card'][];
  /** Which items are offered at once, and how that changes; without it the cards only show. */
  offer?: { keys: ReadonlySet<string>; onToggle: (key: string) => void };
};

/** The items as the LinkedIn cards they will become, each with a box to offer it at once. */
export function Cards({ cards, offer }: Props) {
  const { add: text, obstacle } = useMarketerText();
  const format = useFormat();
  return (
    <ul className={s.cards}>
      {cards.map(card => {
        const title = card.title ?? text.noTitle;
        return (
          <li key={card.key} className={s.card} data-card={card.key}>
            <a href={card.link ?? undefined} target="_blank" rel="noreferrer" className={s.cardLink}>
              <LinkedInCard title={title} domain={domainOf(card.link) || text.noLink} image={card.image} />
            </a>
            {offer && card.obstacle && <p className={s.obstacle}>{obstacle[card.obstacle]}</p>}
            {offer && !card.obstacle && (
              <label className={s.offer}>
                <input
                  type="checkbox"
                  checked={offer.keys.has(card.key)}
                  onChange={() => offer.onToggle(card.key)}
                  aria-label={text.offer(title)}
                />
                <span aria-hidden="true">{text.offerShort}</span>
                {card.published && <time dateTime={card.published}>{format.dayYear(card.published)}</time>}
              </label>
            )}
          </li>
        );
      })}
    </ul>
  );
}

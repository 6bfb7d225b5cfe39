import { Button } from '../../../components/Button.tsx';
import { LinkedInCard } from '../../../components/LinkedInCard.tsx';
import { cx } from '../../../lib/cx.ts';
import { domainOf } from '../../../lib/domain.ts';
import { useMarketerText } from '../texts.ts';
import { ItemList } from './ItemList.tsx';
import i from './Items.module.css';
import s from './Mapping.module.css';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** The chosen item as the card it becomes, and all the others below it. */
export function CardPane() {
  const add = useMarketerText().add;
  const text = useWizardText().map;
  const { mapped, item, setItem, faults } = useMapping();
  const card = mapped?.cards[item];
  const last = (mapped?.cards.length ?? 0) - 1;
  return (
    <section className={s.pane} aria-label={text.card}>
      <div className={s.paneHead}>
        <h2>{text.card}</h2>
        {mapped && card && (
          <div className={i.stepper}>
            <Button
              look="quiet"
              icon="left"
              square
              disabled={item === 0}
              aria-label={text.previous}
              onClick={() => setItem(item - 1)}
            />
            <span className={i.of}>{text.rate(item + 1, mapped.items)}</span>
            <Button
              look="quiet"
              icon="right"
              square
              disabled={item >= last}
              aria-label={text.nextItem}
              onClick={() => setItem(item + 1)}
            />
          </div>
        )}
      </div>
      <div className={cx(s.scroll, i.column)}>
        {card ? (
          <>
            {faults.length > 0 && <p className={s.nothing}>{text.before}</p>}
            <div className={i.preview}>
              <LinkedInCard
                key={card.image ?? ''}
                title={card.title ?? add.noTitle}
                domain={domainOf(card.link) || add.noLink}
                image={card.image}
              />
            </div>
            <ItemList />
          </>
        ) : (
          <p className={s.nothing}>{text.nothingYet}</p>
        )}
      </div>
    </section>
  );
}

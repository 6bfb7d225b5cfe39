import type { Schemas } from '../../../api/client.ts';
import { ButtonLink } from '../../../components/Button.tsx';
import s from './FilterSummary.module.css';
import { full } from './rules.ts';
import { actionWords, condition } from './say.ts';
import { useFilterText } from './texts.ts';
import { useWords } from './useFilter.ts';

/** The filter of a feed as sentences, and what it did so far. */
export function FilterSummary({ feed }: { feed: Schemas['Feed'] }) {
  const text = useFilterText();
  const words = useWords();
  const { rules, stop_words, drop_same_title } = full(feed.filter ?? null);
  const none = rules.length === 0 && stop_words.length === 0 && !drop_same_title;
  return (
    <section className={s.summary} aria-label={text.title}>
      <div className={s.summaryHead}>
        <div>
          <h2>{text.title}</h2>
          <p className={s.hint}>{none ? text.none : text.summary(feed.dropped, feed.held)}</p>
        </div>
        <ButtonLink href={`/marketing/feeds/${feed.id}/filter`} icon="filter">
          {text.edit}
        </ButtonLink>
      </div>
      {drop_same_title && <p className={s.fixed}>{text.options.sameTitle}</p>}
      {rules.length > 0 && (
        <ol className={s.sentences}>
          {rules.map((rule, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has nothing but its place
            <li key={place}>
              {rule.name && <strong>{rule.name}: </strong>}
              {condition(rule.when, text)} <span aria-hidden="true">→</span>{' '}
              <span className={s.action}>{actionWords(rule.action, words)}</span>
            </li>
          ))}
        </ol>
      )}
      {stop_words.length > 0 && <p className={s.fixed}>{text.options.withStopWords(stop_words)}</p>}
    </section>
  );
}

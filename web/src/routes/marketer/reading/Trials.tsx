import type { ItemField, Trial } from '../../../api/contract.ts';
import { Chip, type Tone } from '../../../components/Chip.tsx';
import { Note } from '../../../components/States.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useWizardText } from '../mapping/texts.ts';
import { effectsOf } from './effects.ts';
import s from './Reading.module.css';

/** What a definition would change, feed by feed, on the last document of each. */
export function Trials({ trials }: { trials: Trial[] }) {
  return (
    <ul className={s.trials}>
      {trials.map(trial => (
        <li key={trial.feed.id} className={s.trial} data-trial={trial.feed.id}>
          <h3>{trial.feed.title}</h3>
          {trial.fault ? <Note tone="bad">{trial.fault}</Note> : <Outcome trial={trial} />}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  const texts = useWizardText();
  const text = texts.edit;
  const { losses, gains, partly } = effectsOf(trial);
  const { changed, items_before, items_after, live_posts, lost, rows } = trial;
  if (changed === 0 && items_before === items_after) return <p>{text.none}</p>;
  const least = (words: string) => (partly ? text.atLeast(words) : words);
  const chips: [Tone, string][] = [
    ...lost.map((field): [Tone, string] => ['bad', text.loses(texts.fields[field])]),
    ...losses.map(({ field, items }): [Tone, string] => [
      'warn',
      least(text.losesSome(items, texts.fields[field])),
    ]),
    ...gains.map(({ field, items }): [Tone, string] => [
      'good',
      least(text.gains(items, texts.fields[field])),
    ]),
  ];
  return (
    <>
      {changed > 0 && <p>{text.change(changed, items_before)}</p>}
      {live_posts > 0 && <Note tone="warn">{text.livePosts(live_posts)}</Note>}
      {(chips.length > 0 || items_before !== items_after) && (
        <p className={s.chips}>
          {items_before !== items_after && (
            <Chip tone={items_after < items_before ? 'bad' : 'info'}>
              {text.fewer(items_before, items_after)}
            </Chip>
          )}
          {chips.map(([tone, words]) => (
            <Chip key={words} tone={tone}>
              {words}
            </Chip>
          ))}
        </p>
      )}
      {rows.length > 0 && (
        <details className={s.details}>
          <summary>{text.details(rows.length)}</summary>
          {rows.map((row, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items may have the same title, and the list never changes
            <Row key={n} row={row} />
          ))}
        </details>
      )}
    </>
  );
}

function Row({ row }: { row: Trial['rows'][number] }) {
  const texts = useWizardText();
  const format = useFormat();
  const say = (field: ItemField, value: string | null | undefined) =>
    !value ? (
      <em className={s.nothing}>{texts.edit.nothing}</em>
    ) : field === 'published' && !Number.isNaN(Date.parse(value)) ? (
      format.moment(value)
    ) : (
      value
    );
  return (
    <table className={s.diff}>
      <caption>{row.title}</caption>
      <colgroup>
        <col className={s.field} />
        <col />
        <col />
      </colgroup>
      <thead className="hush">
        <tr>
          <th />
          <th scope="col">{texts.edit.before}</th>
          <th scope="col">{texts.edit.after}</th>
        </tr>
      </thead>
      <tbody>
        {row.changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{texts.fields[field]}</th>
            <td className={s.before}>{say(field, before)}</td>
            <td>{say(field, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { Definition, Source } from '../../../api/contract.ts';
import { FIELDS, sourcesOf } from '../mapping/definition.ts';
import { useWizardText } from '../mapping/texts.ts';
import s from './Definitions.module.css';
import { Steps } from './Steps.tsx';
import { useDefinitionText } from './texts.ts';

/** What a definition reads, field by field: its sources in order, and what is done to each. */
export function Reading({ definition }: { definition: Definition }) {
  const text = useDefinitionText();
  const { fields } = useWizardText();
  return (
    <dl className={s.reading}>
      <div className={s.field}>
        <dt>{text.itemPath}</dt>
        <dd>
          <code>{definition.item_path}</code>
        </dd>
      </div>
      {definition.feed_title && (
        <div className={s.field}>
          <dt>{text.feedTitle}</dt>
          <dd>
            <code>{definition.feed_title}</code>
          </dd>
        </div>
      )}
      {FIELDS.map(field => (
        <div key={field} className={s.field}>
          <dt>{fields[field]}</dt>
          <dd>
            <Sources sources={sourcesOf(definition, field)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Sources({ sources }: { sources: Source[] }) {
  const text = useDefinitionText();
  if (sources.length === 0) return <span className={s.hint}>{text.noSource}</span>;
  return (
    <ol className={s.sources}>
      {sources.map((source, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a source has nothing but its place
        <li key={place}>
          {place > 0 && <span className={s.hint}>{text.otherwise} </span>}
          <code>{source.xpath}</code>
          {source.pick === 'largest' && <span className={s.hint}> {text.largest}</span>}
          <Steps transforms={source.transforms ?? []} />
        </li>
      ))}
    </ol>
  );
}

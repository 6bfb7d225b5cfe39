import type { Schemas } from '../../../api/client.ts';
import { useFilterText } from '../filters/texts.ts';
import s from './Definitions.module.css';
import { useDefinitionText } from './texts.ts';

const FIELDS = ['title', 'link', 'text', 'image', 'published', 'author', 'categories', 'guid'] as const;

/** What a definition reads, field by field: its sources in order, and what is done to each. */
export function Reading({ definition }: { definition: Schemas['Definition'] }) {
  const text = useDefinitionText();
  const { subjects } = useFilterText();
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
          <dt>{subjects[field]}</dt>
          <dd>
            <Sources sources={definition.fields?.[field] ?? []} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Sources({ sources }: { sources: Schemas['Source'][] }) {
  const text = useDefinitionText();
  if (sources.length === 0) return <span className={s.hint}>{text.noSource}</span>;
  return (
    <ol className={s.sources}>
      {sources.map((source, place) => (
        <li key={source.xpath}>
          {place > 0 && <span className={s.hint}>{text.otherwise} </span>}
          <code>{source.xpath}</code>
          {source.pick === 'largest' && <span className={s.hint}> {text.largest}</span>}
        </li>
      ))}
    </ol>
  );
}

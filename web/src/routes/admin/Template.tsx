import { useQuery } from '@tanstack/react-query';
import { exampleQuery } from '../../api/backoffice.ts';
import { ApiError } from '../../api/client.ts';
import { Area } from '../../components/Field.tsx';
import { useRefusals } from '../../lib/refusals.ts';
import { useSettled } from '../../lib/settled.ts';
import s from './Organisation.module.css';
import { useAdminText } from './texts.ts';

/** The parameters that links carry, with what becomes of an address while they are being written. */
export function Template({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const text = useAdminText().organisation;
  const { data, error } = useQuery(exampleQuery(useSettled(value)));
  const words = useRefusals(error)('/utm_template');
  const column = error instanceof ApiError ? error.fields[0]?.column : null;
  return (
    <>
      <Area
        label={text.utm}
        value={value}
        hint={text.places}
        error={words && (column ? `${words} ${text.column(column)}` : words)}
        spellCheck={false}
        autoCapitalize="none"
        onChange={event => onChange(event.target.value.replace(/\s/g, ''))}
      />
      {data && (
        <dl className={s.example} aria-live="polite">
          <dt>{text.example}</dt>
          <dd>{data.link}</dd>
          <dt>{text.becomes}</dt>
          <dd>{data.target === data.link ? text.same : data.target}</dd>
        </dl>
      )}
    </>
  );
}

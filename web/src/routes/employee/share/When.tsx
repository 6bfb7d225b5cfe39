import { Field } from '../../../components/Field.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { toInstant, toLocal } from '../../../lib/zone.ts';
import s from './ShareDialog.module.css';

type Props = { at: string | null; onChange: (at: string | null) => void };

/** Now, or a chosen time. `at` is wall time in the person's zone; null is now, empty not chosen yet. */
export function When({ at, onChange }: Props) {
  const text = useText();
  const { zone } = useLang();
  return (
    <div className={s.when}>
      <Segmented
        quiet
        legend={text.share.when}
        value={at === null ? 'now' : 'later'}
        onChange={value => onChange(value === 'now' ? null : '')}
        options={[
          { value: 'now', label: text.share.now, icon: 'shares' },
          { value: 'later', label: text.share.later, icon: 'clock' },
        ]}
      />
      {at !== null && (
        <Field
          label={text.share.at}
          type="datetime-local"
          value={at}
          min={toLocal(new Date(), zone)}
          hint={text.share.atHint(zone)}
          error={at && isPast(at, zone) ? text.share.past : undefined}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </div>
  );
}

export const isPast = (at: string, zone: string) => toInstant(at, zone).getTime() <= Date.now();

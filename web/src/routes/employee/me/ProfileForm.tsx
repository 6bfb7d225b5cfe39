import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Select } from '../../../components/Field.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import s from './Me.module.css';
import { useChangeMe } from './useChangeMe.ts';

/** Language and time zone; a choice is saved at once. */
export function ProfileForm({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const problem = useProblem();
  // Shown as chosen at once, and put back when it could not be saved.
  const [shown, setShown] = useState({ language: me.language, time_zone: me.time_zone });
  const save = useChangeMe(() => setShown({ language: me.language, time_zone: me.time_zone }));
  const choose = (part: Partial<typeof shown>) => {
    setShown({ ...shown, ...part });
    save.mutate(part);
  };
  const zones = Intl.supportedValuesOf('timeZone');
  return (
    <section className={s.card}>
      <div className={s.top}>
        <h2>{text.me.profile}</h2>
        <span role="status" className={s.saved}>
          {save.isSuccess && (
            <>
              <Icon name="check" />
              {text.saved}
            </>
          )}
        </span>
      </div>
      <div className={s.two}>
        <Segmented
          legend={text.me.language}
          value={shown.language}
          onChange={language => choose({ language })}
          options={[
            { value: 'nl', label: 'Nederlands' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Select
          label={text.me.zone}
          hint={text.me.zoneHint}
          value={shown.time_zone}
          onChange={event => choose({ time_zone: event.target.value })}
        >
          {!zones.includes(me.time_zone) && <option value={me.time_zone}>{me.time_zone}</option>}
          {zones.map(zone => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
      </div>
      {save.error && <Note tone="bad">{problem(save.error)}</Note>}
    </section>
  );
}

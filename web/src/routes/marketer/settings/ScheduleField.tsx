import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { scheduleQuery } from '../../../api/backoffice.ts';
import { Field } from '../../../components/Field.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import { useProblem } from '../../../components/States.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useMarketerText } from '../texts.ts';
import s from './Settings.module.css';

/** Every fifteen minutes, or a timetable that is said back in words with its next three times. */
export function ScheduleField({
  cron,
  onChange,
}: {
  cron: string | null;
  onChange: (cron: string | null) => void;
}) {
  const text = useMarketerText().settings;
  return (
    <div className={s.stack}>
      <Segmented
        legend={text.schedule}
        value={cron === null ? 'often' : 'own'}
        onChange={value => onChange(value === 'often' ? null : '0 9 * * 1-5')}
        options={[
          { value: 'often', label: text.often },
          { value: 'own', label: text.timetable },
        ]}
      />
      {cron !== null && <Cron cron={cron} onChange={onChange} />}
    </div>
  );
}

function Cron({ cron, onChange }: { cron: string; onChange: (cron: string) => void }) {
  const texts = useMarketerText();
  const text = texts.settings;
  const format = useFormat();
  const problem = useProblem();
  const [settled, setSettled] = useState(cron);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(cron), 300);
    return () => clearTimeout(timer);
  }, [cron]);
  const check = useQuery({ ...scheduleQuery(settled), enabled: settled.trim() !== '' });
  return (
    <>
      <Field
        label={text.cron}
        required
        value={cron}
        spellCheck={false}
        autoComplete="off"
        hint={text.cronHint}
        error={check.error ? problem(check.error) : undefined}
        onChange={event => onChange(event.target.value)}
      />
      {check.data && !check.error && (
        <div className={s.words} aria-live="polite">
          <p>{texts.timetable(check.data.words)}</p>
          <p>
            {text.nextTimes}: {check.data.next.map(instant => format.moment(instant)).join(' · ')}
          </p>
        </div>
      )}
    </>
  );
}

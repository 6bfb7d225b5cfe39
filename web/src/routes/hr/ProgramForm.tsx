import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { ProgramRules, type Rules } from '../../components/ProgramRules.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useOnce } from '../../lib/once.ts';
import { Counting } from './Counting.tsx';
import s from './PersonPanel.module.css';
import { useHrText } from './texts.ts';

/** Where a new program begins. */
const model: Rules = {
  min_per_week: 1,
  counting_networks: ['linkedin'],
  proof_classes: ['A', 'B'],
  reward_percent: 25,
  cap_cents: null,
  strictness: 'every_week',
  allowed_misses: 0,
};

/** A new program: its rules, what employees will read of them, and the decision that opens it. */
export function ProgramForm({ year, onClose }: { year: number; onClose: () => void }) {
  const text = useHrText().program;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [rules, setRules] = useState(model);
  const set = (part: Partial<Rules>) => setRules({ ...rules, ...part });
  const create = useOnce({
    mutationFn: (body: Schemas['NewProgram']) => call(api.POST('/programs', { body })),
    onSuccess: () => {
      show({ text: text.created });
      void client.invalidateQueries({ queryKey: ['hr'] });
      onClose();
    },
  });
  const counts = rules.counting_networks.length > 0 && rules.proof_classes.length > 0;
  return (
    <Dialog title={`${text.title} ${year}`} onClose={onClose}>
      <form
        className={s.panel}
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const { min_per_week, counting_networks, proof_classes, reward_percent, cap_cents } = rules;
          create.mutate({
            name: String(form.get('name')),
            year,
            min_per_week,
            counting_networks,
            proof_classes,
            reward_percent,
            cap_cents: cap_cents ?? null,
            works_council: {
              decided_on: String(form.get('decided')),
              reference: String(form.get('reference')),
            },
          });
        }}
      >
        <Field label={text.name} name="name" required defaultValue={text.defaultName(year)} />
        <Field
          label={text.min}
          type="number"
          required
          min={1}
          max={7}
          value={rules.min_per_week || ''}
          onChange={event => set({ min_per_week: Number(event.target.value) })}
        />
        <Field
          label={text.reward}
          type="number"
          required
          min={1}
          max={100}
          value={rules.reward_percent || ''}
          onChange={event => set({ reward_percent: Number(event.target.value) })}
        />
        <Field
          label={text.cap}
          type="number"
          min={0}
          step="0.01"
          hint={text.capHint}
          onChange={event => {
            const cap = event.target.value;
            set({ cap_cents: cap ? Math.round(Number(cap) * 100) : null });
          }}
        />
        <Counting rules={rules} onChange={set} />
        {counts && rules.min_per_week > 0 && rules.reward_percent > 0 && (
          <section className={s.preview} aria-live="polite">
            <h3>{text.preview}</h3>
            <ProgramRules rules={rules} />
          </section>
        )}
        <h3>{text.council}</h3>
        <Field label={text.decided} name="decided" type="date" required />
        <Field label={text.reference} name="reference" required />
        {create.error && <Note tone="bad">{problem(create.error)}</Note>}
        <Button type="submit" look="primary" busy={create.isPending} disabled={!counts}>
          {text.create}
        </Button>
      </form>
    </Dialog>
  );
}

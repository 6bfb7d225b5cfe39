import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Check, Field } from '../../components/Field.tsx';
import { Empty, Note, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useOnce } from '../../lib/once.ts';
import s from './PersonPanel.module.css';
import { useHrText } from './texts.ts';

/** The empty year: a program can be made once the works council agreed. */
export function NewProgram({ year }: { year: number }) {
  const text = useHrText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Empty
        icon="hr"
        title={text.empty.title(year)}
        action={
          <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
            {text.program.title}
          </Button>
        }
      >
        {text.empty.text}
      </Empty>
      {open && <ProgramForm year={year} onClose={() => setOpen(false)} />}
    </>
  );
}

function ProgramForm({ year, onClose }: { year: number; onClose: () => void }) {
  const text = useHrText().program;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const create = useOnce({
    mutationFn: (body: Schemas['NewProgram']) => call(api.POST('/programs', { body })),
    onSuccess: () => {
      show({ text: text.created });
      void client.invalidateQueries({ queryKey: ['hr'] });
      onClose();
    },
  });
  return (
    <Dialog title={`${text.title} ${year}`} onClose={onClose}>
      <form
        className={s.panel}
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const cap = String(form.get('cap'));
          create.mutate({
            name: String(form.get('name')),
            year,
            min_per_week: Number(form.get('min')),
            reward_percent: Number(form.get('reward')),
            proof_classes: form.get('declared') ? ['A', 'B', 'C'] : ['A', 'B'],
            cap_cents: cap ? Math.round(Number(cap) * 100) : null,
            works_council: {
              decided_on: String(form.get('decided')),
              reference: String(form.get('reference')),
            },
          });
        }}
      >
        <Field label={text.name} name="name" required defaultValue={text.defaultName(year)} />
        <Field label={text.min} name="min" type="number" required min={1} max={7} defaultValue={1} />
        <Field label={text.reward} name="reward" type="number" required min={1} max={100} defaultValue={25} />
        <Field label={text.cap} name="cap" type="number" min={0} step="0.01" hint={text.capHint} />
        <h3>{text.proofs}</h3>
        <p>{text.proofsText}</p>
        <Check name="declared" label={text.declared} hint={text.declaredHint} />
        <h3>{text.council}</h3>
        <Field label={text.decided} name="decided" type="date" required />
        <Field label={text.reference} name="reference" required />
        {create.error && <Note tone="bad">{problem(create.error)}</Note>}
        <Button type="submit" look="primary" busy={create.isPending}>
          {text.create}
        </Button>
      </form>
    </Dialog>
  );
}

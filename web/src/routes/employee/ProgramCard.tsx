import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { ProgramRules } from '../../components/ProgramRules.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import s from './Year.module.css';

type Props = { year: number; program: Schemas['Program'] | null; joined: boolean };

/** The rules of the bonus in words. Joining is the employee's own act, after seeing them. */
export function ProgramCard({ year, program, joined }: Props) {
  const text = useText().year;
  const format = useFormat();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const join = useMutation({
    mutationFn: (id: string) => call(api.POST('/programs/{id}/join', { params: { path: { id } } })),
    onSuccess: () => {
      show({ text: text.program.justJoined });
      void client.invalidateQueries({ queryKey: ['year', year] });
    },
  });
  if (!program) {
    return (
      <section className={s.card}>
        <h2>{text.program.title}</h2>
        <p className={s.facts}>{text.program.none}</p>
      </section>
    );
  }
  const council = program.works_council;
  return (
    <section className={s.card}>
      <h2>{program.name}</h2>
      <ProgramRules rules={program} />
      <div className={s.facts}>
        <p>{text.program.period(format.dateYear(program.starts_on), format.dateYear(program.ends_on))}</p>
        {council && <p>{text.program.council(format.dateYear(council.decided_on), council.reference)}</p>}
        <p>{text.program.seen}</p>
      </div>
      {join.error && <Note tone="bad">{problem(join.error)}</Note>}
      {joined ? (
        <Note tone="good">{text.program.joined}</Note>
      ) : (
        <Button look="primary" busy={join.isPending} onClick={() => join.mutate(program.id)}>
          {text.program.join}
        </Button>
      )}
    </section>
  );
}

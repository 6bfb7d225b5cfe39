import { ApiError } from '../../../api/client.ts';
import { Counted } from '../../../components/Counted.tsx';
import { useProblem } from '../../../components/States.tsx';
import { useWizardText } from '../mapping/texts.ts';

/** Characters of a name. */
const LONGEST = 60;

/** A name for a definition after something else, without what stands in addresses. */
export const nameAfter = (title: string) =>
  title
    .replaceAll(/[/\\]+/g, ' ')
    .slice(0, LONGEST)
    .trim();

/** Whether a refusal is about the name, and belongs below its field. */
export const isAboutName = (error: unknown) =>
  error instanceof ApiError &&
  (error.code === 'definition.name_taken' ||
    error.fields.some(fault => fault.pointer === '/definition/name'));

type Props = { value: string; onChange: (value: string) => void; hint?: string; error: unknown };

/** What a definition is called. */
export function NameField({ value, onChange, hint, error }: Props) {
  const text = useWizardText().publish;
  const problem = useProblem();
  return (
    <Counted
      label={text.name}
      required
      longest={LONGEST}
      value={value}
      hint={hint}
      error={isAboutName(error) ? problem(error) : undefined}
      onChange={event => onChange(event.target.value)}
    />
  );
}

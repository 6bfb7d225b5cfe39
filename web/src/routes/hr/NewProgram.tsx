import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/States.tsx';
import { ProgramForm } from './ProgramForm.tsx';
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

import { Button } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import s from './Mapping.module.css';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** Says what a click means at the moment. */
export function Aiming() {
  const texts = useWizardText();
  const text = texts.map;
  const { aim, setAim } = useMapping();
  return (
    <p className={s.aiming} role="status">
      <span>{aim === 'items' ? text.aimingItems : aim && text.aiming(texts.fields[aim])}</span>
      <Button look="quiet" onClick={() => setAim(null)}>
        {text.stop}
      </Button>
    </p>
  );
}

/** Why the last click could not be used. */
export function Trouble() {
  const text = useWizardText().map;
  const problem = useProblem();
  const { trouble, forgive } = useMapping();
  if (!trouble) return null;
  return (
    <div className={s.trouble}>
      <Note
        tone="warn"
        action={<Button look="quiet" icon="close" square aria-label={text.stop} onClick={forgive} />}
      >
        {trouble === 'notInItem' || trouble === 'noRepeat' ? text[trouble] : problem(trouble)}
      </Note>
    </div>
  );
}

/** What the prefixes of the document stand for. */
export function Namespaces() {
  const text = useWizardText().map;
  const { namespaces } = useMapping().found;
  if (namespaces.length === 0) return null;
  return (
    <details className={s.namespaces}>
      <summary>{text.namespaces(namespaces.length)}</summary>
      <dl>
        {namespaces.map(({ prefix, uri }) => (
          <div key={prefix}>
            <dt>{prefix || '·'}</dt>
            <dd>{uri}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

import { Link } from 'wouter';
import { Check } from '../../../components/Field.tsx';
import type { Entry } from './list.ts';
import s from './Opml.module.css';
import { useOpmlText } from './texts.ts';

type Props = {
  name: string | null;
  entries: Entry[];
  chosen: ReadonlySet<string>;
  onToggle: (addresses: string[], on: boolean) => void;
};

/** One group of the list, each feed to be ticked; those that are followed already only say so. */
export function GroupList({ name, entries, chosen, onToggle }: Props) {
  const text = useOpmlText();
  const fresh = entries.filter(entry => !entry.already && !entry.unusable).map(entry => entry.address);
  const on = fresh.filter(address => chosen.has(address)).length;
  return (
    <fieldset className={s.group}>
      <legend>{name ?? text.without}</legend>
      {fresh.length > 1 && (
        <Check
          label={text.all(fresh.length)}
          checked={on === fresh.length}
          ref={box => {
            if (box) box.indeterminate = on > 0 && on < fresh.length;
          }}
          onChange={event => onToggle(fresh, event.target.checked)}
        />
      )}
      <ul className={s.entries}>
        {entries.map(entry => (
          <li key={entry.address}>
            {entry.unusable ? (
              <p className={s.already}>
                <strong>{entry.title}</strong> {text.unusable(entry.address)}
              </p>
            ) : entry.already ? (
              <p className={s.already}>
                <strong>{entry.title}</strong>
                <Link href={`/marketing/feeds/${entry.already}`}>{text.already}</Link>
              </p>
            ) : (
              <Check
                label={entry.title}
                hint={entry.address}
                checked={chosen.has(entry.address)}
                onChange={event => onToggle([entry.address], event.target.checked)}
              />
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

import type { Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Chip, type Tone } from '../../components/Chip.tsx';
import type { IconName } from '../../components/Icon.tsx';
import l from '../../components/List.module.css';
import { useText } from '../../i18n/index.tsx';
import s from './People.module.css';
import { useAdminText } from './texts.ts';

const looks: Record<Schemas['Account']['connection'], { tone: Tone; icon?: IconName }> = {
  works: { tone: 'good', icon: 'check' },
  broken: { tone: 'bad', icon: 'alert' },
  none: { tone: 'plain' },
};

export function PersonRow({ person, onEdit }: { person: Schemas['Account']; onEdit: () => void }) {
  const texts = useText();
  const text = useAdminText();
  return (
    <li className={l.row}>
      <div className={l.main}>
        <h2 className={l.title}>{person.name}</h2>
        <div className={l.meta}>
          <span className={s.email}>{person.email}</span>
          {person.team && <span>{person.team}</span>}
          {person.staff_no && <span>{person.staff_no}</span>}
        </div>
      </div>
      <div className={s.right}>
        {person.roles.map(role => (
          <Chip key={role} tone={role === 'employee' ? 'plain' : 'info'}>
            {texts.roles[role]}
          </Chip>
        ))}
        {person.active ? (
          person.roles.includes('employee') && (
            <Chip {...looks[person.connection]}>{text.connection[person.connection]}</Chip>
          )
        ) : (
          <Chip tone="warn" icon="pause">
            {text.inactive}
          </Chip>
        )}
        <Button look="quiet" icon="edit" square aria-label={text.editThis(person.name)} onClick={onEdit} />
      </div>
    </li>
  );
}

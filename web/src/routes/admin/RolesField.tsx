import type { Schemas } from '../../api/client.ts';
import { Check } from '../../components/Field.tsx';
import { useText } from '../../i18n/index.tsx';
import s from './People.module.css';
import { useAdminText } from './texts.ts';

type Role = Schemas['Role'];
const ROLES: Role[] = ['employee', 'marketer', 'hr', 'admin'];

/** The roles of a person, each with what it may see. */
export function RolesField({ value, onChange }: { value: Role[]; onChange: (roles: Role[]) => void }) {
  const texts = useText();
  const text = useAdminText().edit;
  return (
    <fieldset className={s.roles}>
      <legend>{text.roles}</legend>
      {ROLES.map(role => (
        <Check
          key={role}
          label={texts.roles[role]}
          hint={text.hints[role]}
          checked={value.includes(role)}
          onChange={event =>
            onChange(event.target.checked ? [...value, role] : value.filter(one => one !== role))
          }
        />
      ))}
    </fieldset>
  );
}

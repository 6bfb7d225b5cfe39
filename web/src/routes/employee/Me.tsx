import type { Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Page } from '../../components/Page.tsx';
import { useText } from '../../i18n/index.tsx';
import { useSignOut } from '../../shell/useSignOut.ts';
import { ConnectionCard } from './me/ConnectionCard.tsx';
import s from './me/Me.module.css';
import { Notifications } from './me/Notifications.tsx';
import { PasswordForm } from './me/PasswordForm.tsx';
import { ProfileForm } from './me/ProfileForm.tsx';
import { Sessions } from './me/Sessions.tsx';

/** Settings of the person: each section saves by itself. */
export default function Me({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const signOut = useSignOut();
  return (
    <Page
      title={me.name}
      width="text"
      sub={me.email}
      actions={
        <Button icon="out" onClick={signOut}>
          {text.nav.signOut}
        </Button>
      }
    >
      <div className={s.stack}>
        <p className={s.chips}>
          {me.roles.map(role => (
            <Chip key={role}>{text.roles[role]}</Chip>
          ))}
          {me.team && <span className={s.quiet}>{me.team}</span>}
        </p>
        {me.roles.includes('employee') && <ConnectionCard me={me} />}
        {me.roles.includes('employee') && <Notifications />}
        <ProfileForm me={me} />
        <Sessions />
        <PasswordForm />
      </div>
    </Page>
  );
}

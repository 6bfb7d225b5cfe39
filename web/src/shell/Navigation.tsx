import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Schemas } from '../api/client.ts';
import { Brand } from '../components/Brand.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/index.tsx';
import s from './Navigation.module.css';
import { meSection, type Section, sectionsOf, splitForBar, within } from './sections.ts';
import { useSignOut } from './useSignOut.ts';

/** Bottom bar on a phone, rail at the left on a wide screen: the same sections, shown by the style sheet. */
export function Navigation({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const signOut = useSignOut();
  const sections = sectionsOf(me.roles);
  return (
    <>
      <nav className={s.rail} aria-label={text.nav.label}>
        <Link href="/" className={s.brand} aria-label={text.appName}>
          <Brand />
        </Link>
        <div className={s.groups}>
          <Group sections={sections.filter(section => section.role === 'employee')} />
          <Group
            title={text.nav.marketing}
            sections={sections.filter(section => section.role === 'marketer')}
          />
          <Group title={text.nav.hrGroup} sections={sections.filter(section => section.role === 'hr')} />
          <Group title={text.nav.admin} sections={sections.filter(section => section.role === 'admin')} />
        </div>
        <div className={s.person}>
          <Item section={meSection} label={me.name} />
          <button type="button" className={s.item} onClick={signOut}>
            <Icon name="out" />
            <span className={s.name}>{text.nav.signOut}</span>
          </button>
        </div>
      </nav>
      <Bar sections={[...sections, meSection]} onSignOut={signOut} />
    </>
  );
}

function Group({ title, sections }: { title?: string; sections: Section[] }) {
  if (sections.length === 0) return null;
  return (
    <div>
      {title && <p className={s.title}>{title}</p>}
      <ul>
        {sections.map(section => (
          <li key={section.key}>
            <Item section={section} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Item({ section, label, onClick }: { section: Section; label?: string; onClick?: () => void }) {
  const text = useText();
  const [path] = useLocation();
  return (
    <Link
      href={section.href}
      className={s.item}
      aria-current={within(section, path) ? 'page' : undefined}
      {...(onClick ? { onClick } : {})}
    >
      <Icon name={section.icon} />
      <span className={s.name}>{label ?? text.nav[section.key]}</span>
    </Link>
  );
}

function Bar({ sections, onSignOut }: { sections: Section[]; onSignOut: () => void }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const { shown, rest } = splitForBar(sections);
  return (
    <nav className={s.bar} aria-label={text.nav.label}>
      {shown.map(section => (
        <Item
          key={section.key}
          section={section}
          label={section.key === 'shares' ? text.nav.sharesShort : text.nav[section.key]}
        />
      ))}
      {rest.length > 0 && (
        <button type="button" className={s.item} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon name="more" />
          <span className={s.name}>{text.nav.more}</span>
        </button>
      )}
      {open && (
        <Dialog title={text.nav.more} onClose={() => setOpen(false)}>
          <ul className={s.sheet}>
            {rest.map(section => (
              <li key={section.key}>
                <Item section={section} onClick={() => setOpen(false)} />
              </li>
            ))}
            <li>
              <button type="button" className={s.item} onClick={onSignOut}>
                <Icon name="out" />
                <span className={s.name}>{text.nav.signOut}</span>
              </button>
            </li>
          </ul>
        </Dialog>
      )}
    </nav>
  );
}

import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { useFormat } from '../../../lib/format.ts';
import s from './Definitions.module.css';
import { useDefinitionText } from './texts.ts';
import { VersionDialog } from './VersionDialog.tsx';

type Props = { name: string; detail: Schemas['DefinitionDetail'] };

/** How a definition was before; each version can be looked at and put back. */
export function Versions({ name, detail }: Props) {
  const text = useDefinitionText();
  const format = useFormat();
  const [looking, setLooking] = useState(0);
  return (
    <section className={s.panel}>
      <h2>{text.versions}</h2>
      <ol className={s.versions} reversed>
        {detail.versions.map(({ version, at }) => (
          <li key={version}>
            <span className={s.version}>{text.version(version)}</span>
            <time className={s.hint} dateTime={at}>
              {format.moment(at)}
            </time>
            {version === detail.version ? (
              <span className={s.hint}>{text.current}</span>
            ) : (
              <Button look="quiet" aria-label={text.look(version)} onClick={() => setLooking(version)}>
                {text.lookShort}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {looking > 0 && (
        <VersionDialog
          name={name}
          version={looking}
          current={detail.version ?? 0}
          onClose={() => setLooking(0)}
        />
      )}
    </section>
  );
}

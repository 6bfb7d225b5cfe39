import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, type Schemas } from '../../../api/client.ts';
import { versionQuery } from '../../../api/definitions.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import l from '../../../components/List.module.css';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import s from './Definitions.module.css';
import { Reading } from './Reading.tsx';
import { useDefinitionText } from './texts.ts';
import { useDefinitionActions } from './useDefinition.ts';

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
        <VersionDialog name={name} detail={detail} version={looking} onClose={() => setLooking(0)} />
      )}
    </section>
  );
}

function VersionDialog({ name, detail, version, onClose }: Props & { version: number; onClose: () => void }) {
  const texts = useText();
  const text = useDefinitionText();
  const problem = useProblem();
  const old = useQuery(versionQuery(name, version));
  const { putBack } = useDefinitionActions(name);
  const loses = putBack.error instanceof ApiError && putBack.error.code === 'definition.loses';
  const put = () => {
    if (!old.data) return;
    putBack.mutate(
      { definition: old.data, version: detail.version ?? 0, accept: loses },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      title={text.puttingBack(version)}
      shape="wide"
      onClose={onClose}
      footer={
        <div className={s.form}>
          {loses && <Note tone="warn">{text.loses}</Note>}
          {putBack.error && !loses && <Note tone="bad">{problem(putBack.error)}</Note>}
          <div className={l.deeds}>
            <Button onClick={onClose}>{texts.close}</Button>
            <Button look="primary" busy={putBack.isPending} disabled={!old.data} onClick={put}>
              {loses ? text.anyway : text.putBack}
            </Button>
          </div>
        </div>
      }
    >
      {old.data ? (
        <Reading definition={old.data} />
      ) : old.error ? (
        <Failed error={old.error} onRetry={() => old.refetch()} />
      ) : (
        <Skeleton />
      )}
    </Dialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../../api/client.ts';
import type { Definition } from '../../../api/contract.ts';
import { versionQuery } from '../../../api/definitions.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import l from '../../../components/List.module.css';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { costs } from '../reading/effects.ts';
import { Trials } from '../reading/Trials.tsx';
import { useTrials } from '../reading/useSave.ts';
import s from './Definitions.module.css';
import { Reading } from './Reading.tsx';
import { useDefinitionText } from './texts.ts';
import { useDefinitionActions } from './useDefinition.ts';

type Props = {
  name: string;
  /** The one that is looked at. */
  version: number;
  /** The one that feeds are read with now. */
  current: number;
  onClose: () => void;
};

/** A version as it was, what putting it back would do to the feeds, and a button that does it. */
export function VersionDialog({ name, version, current, onClose }: Props) {
  const text = useDefinitionText();
  const old = useQuery(versionQuery(name, version));
  if (old.data) {
    // It may have had another name then.
    return (
      <PutBack definition={{ ...old.data, name }} version={version} current={current} onClose={onClose} />
    );
  }
  return (
    <Dialog title={text.puttingBack(version)} shape="wide" onClose={onClose}>
      {old.error ? <Failed error={old.error} onRetry={() => old.refetch()} /> : <Skeleton />}
    </Dialog>
  );
}

function PutBack({
  definition,
  version,
  current,
  onClose,
}: Omit<Props, 'name'> & { definition: Definition }) {
  const texts = useText();
  const text = useDefinitionText();
  const problem = useProblem();
  const { name } = definition;
  const trials = useTrials({ name, built_in: false, version: current }, definition);
  const { putBack } = useDefinitionActions(name);
  const refused = putBack.error instanceof ApiError && putBack.error.code === 'definition.loses';
  const costly = refused || (trials.data !== undefined && costs(trials.data));
  const put = () => putBack.mutate({ definition, version: current, accept: costly }, { onSuccess: onClose });
  return (
    <Dialog
      title={text.puttingBack(version)}
      shape="wide"
      onClose={onClose}
      footer={
        <div className={s.form}>
          {costly && <Note tone="warn">{text.loses}</Note>}
          {putBack.error && !refused && <Note tone="bad">{problem(putBack.error)}</Note>}
          <div className={l.deeds}>
            <Button onClick={onClose}>{texts.close}</Button>
            <Button
              look={costly ? 'danger' : 'primary'}
              busy={putBack.isPending}
              disabled={!trials.data}
              onClick={put}
            >
              {costly ? text.anyway : text.putBack}
            </Button>
          </div>
        </div>
      }
    >
      <div className={s.page}>
        {trials.error && <Note tone="bad">{problem(trials.error)}</Note>}
        {trials.data ? <Trials trials={trials.data} /> : !trials.error && <Skeleton count={1} />}
        <Reading definition={definition} />
      </div>
    </Dialog>
  );
}

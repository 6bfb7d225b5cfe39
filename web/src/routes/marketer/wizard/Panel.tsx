import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { isComplete } from '../filters/rules.ts';
import { useWizardText } from '../mapping/texts.ts';
import { isAboutName, NameField, nameAfter } from '../reading/NameField.tsx';
import { FeedSettings } from '../settings/FeedSettings.tsx';
import { useMarketerText } from '../texts.ts';
import { type Draft, isVideos } from './draft.ts';
import s from './Panel.module.css';
import { needsDefinition, useFollow } from './useFollow.ts';

type Props = { draft: Draft; onChange: (part: Partial<Draft>) => void; items: number; wrong: boolean };

/** How the feed will be followed, and the button that does it. */
export function Panel({ draft, onChange, items, wrong }: Props) {
  const text = useMarketerText().add;
  const own = useWizardText().publish;
  const problem = useProblem();
  const [name, setName] = useState(() => nameAfter(draft.settings.title));
  const follow = useFollow(draft, name.trim());
  return (
    <form
      className={s.panel}
      onSubmit={event => {
        event.preventDefault();
        follow.mutate();
      }}
    >
      <h2>{text.settings}</h2>
      <FeedSettings
        value={draft.settings}
        videos={isVideos(draft.found)}
        onChange={settings => onChange({ settings })}
        refusal={follow.error}
      />
      {needsDefinition(draft) && (
        <NameField
          value={name}
          hint={draft.found.definition ? own.nameHint : own.newNameHint}
          error={follow.error}
          onChange={setName}
        />
      )}
      <div className={s.submit}>
        {items > 0 && (
          <p className={s.summary} role="status">
            {text.summary(draft.offer.length, items - draft.offer.length)}
          </p>
        )}
        {!isComplete(draft.filter) && <Note tone="warn">{own.unfinished}</Note>}
        {follow.error && !isAboutName(follow.error) && <Note tone="bad">{problem(follow.error)}</Note>}
        <Button
          type="submit"
          look="primary"
          busy={follow.isPending}
          disabled={!draft.settings.topic_id || !isComplete(draft.filter) || wrong}
        >
          {text.follow}
        </Button>
      </div>
    </form>
  );
}

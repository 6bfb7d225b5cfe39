import { useState } from 'react';
import { ApiError } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Field } from '../../../components/Field.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { isComplete } from '../filters/rules.ts';
import { useWizardText } from '../mapping/texts.ts';
import { FeedSettings } from '../settings/FeedSettings.tsx';
import { useMarketerText } from '../texts.ts';
import type { Draft } from './draft.ts';
import s from './Panel.module.css';
import { needsDefinition, useFollow } from './useFollow.ts';

type Props = { draft: Draft; onChange: (part: Partial<Draft>) => void; items: number };

/** How the feed will be followed, and the button that does it. */
export function Panel({ draft, onChange, items }: Props) {
  const text = useMarketerText().add;
  const own = useWizardText().publish;
  const problem = useProblem();
  const [name, setName] = useState(draft.found.definition ? draft.settings.title : draft.definition.name);
  const follow = useFollow(draft, name.trim());
  const taken = follow.error instanceof ApiError && follow.error.code === 'definition.name_taken';
  return (
    <form
      className={s.panel}
      onSubmit={event => {
        event.preventDefault();
        follow.mutate();
      }}
    >
      <h2>{text.settings}</h2>
      <FeedSettings value={draft.settings} onChange={settings => onChange({ settings })} />
      {needsDefinition(draft) && (
        <Field
          label={own.name}
          required
          maxLength={80}
          value={name}
          hint={own.nameHint}
          error={taken ? problem(follow.error) : undefined}
          onChange={event => setName(event.target.value)}
        />
      )}
      <div className={s.submit}>
        {items > 0 && (
          <p className={s.summary} role="status">
            {text.summary(draft.offer.length, items - draft.offer.length)}
          </p>
        )}
        {!isComplete(draft.filter) && <Note tone="warn">{own.unfinished}</Note>}
        {follow.error && !taken && <Note tone="bad">{problem(follow.error)}</Note>}
        <Button
          type="submit"
          look="primary"
          busy={follow.isPending}
          disabled={!draft.settings.topic_id || !isComplete(draft.filter)}
        >
          {text.follow}
        </Button>
      </div>
    </form>
  );
}

import { Button } from '../../../components/Button.tsx';
import { useText } from '../../../i18n/index.tsx';
import { type Page, pieces } from '../../../lib/text.ts';
import s from './ShareDialog.module.css';

type Props = { page: Page; value: string; onAdd: (value: string) => void };

/** Adds a mention of the organisation's own page to a text that has none, and is gone by that: focus has to go elsewhere. */
export function Mention({ page, value, onAdd }: Props) {
  const text = useText();
  if (pieces(value, page).some(({ kind }) => kind === 'mention')) return null;
  return (
    <div className={s.mention}>
      <Button look="quiet" onClick={() => onAdd(`${value.trimEnd()} @${page.name}`.trimStart())}>
        {text.share.mention(page.name)}
      </Button>
    </div>
  );
}

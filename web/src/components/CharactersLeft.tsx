import { useText } from '../i18n/index.tsx';
import { useFormat } from '../lib/format.ts';
import s from './Field.module.css';

/** How many characters a field has left, as a number, which is read aloud with its words; below zero in red. */
export function CharactersLeft({ left }: { left: number }) {
  const { share } = useText();
  const format = useFormat();
  return (
    <span className={left < 0 ? s.error : s.count}>
      <span aria-hidden="true">{format.number(left)}</span>
      <span className="hush">
        {left < 0 ? share.over(format.number(-left)) : share.left(format.number(left))}
      </span>
    </span>
  );
}

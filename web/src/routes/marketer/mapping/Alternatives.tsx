import { useId } from 'react';
import type { Suggestion } from '../../../api/contract.ts';
import s from './Fields.module.css';
import { useWizardText } from './texts.ts';

type Props = {
  legend: string;
  list: Suggestion[];
  chosen: string;
  onChoose: (suggestion: Suggestion) => void;
};

/** The expressions that may stand for what was pointed at, each with what it gives and why it is offered. */
export function Alternatives({ legend, list, chosen, onChoose }: Props) {
  const texts = useWizardText();
  const text = texts.map;
  const name = useId();
  if (list.length === 0) return null;
  return (
    <fieldset className={s.alternatives}>
      <legend className={legend ? s.legend : 'hush'}>{legend || text.itemPath}</legend>
      {list.map(one => (
        <label key={one.xpath} className={s.alternative}>
          <input type="radio" name={name} checked={one.xpath === chosen} onChange={() => onChoose(one)} />
          <span className={s.way}>
            <code className={s.code}>{one.xpath}</code>
            {one.why && <span className={s.why}>{reason(texts.why(one.why))}</span>}
          </span>
          <span className={s.rate}>
            {one.filled === one.items ? one.items : text.rate(one.filled, one.items)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The number that opens the sentence stands behind the expression already. */
function reason(why: string): string {
  const [, told = why] = /: (.+)$/.exec(why) ?? [];
  return told.charAt(0).toUpperCase() + told.slice(1);
}

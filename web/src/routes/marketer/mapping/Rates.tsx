import type { Definition, Mapped } from '../../../api/contract.ts';
import { cx } from '../../../lib/cx.ts';
import { watched } from './items.ts';
import s from './Rates.module.css';
import { useWizardText } from './texts.ts';

/** In how many items each field is filled. */
export function Rates({ mapped, definition }: { mapped: Mapped; definition: Definition }) {
  const texts = useWizardText();
  return (
    <dl className={s.rates}>
      {watched(definition).map(field => {
        const filled = mapped.rates.find(rate => rate.field === field)?.filled ?? 0;
        return (
          <div key={field} className={cx(filled < mapped.items && s.short, filled === 0 && s.none)}>
            <dt>{texts.fields[field]}</dt>
            <dd>{texts.map.rate(filled, mapped.items)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

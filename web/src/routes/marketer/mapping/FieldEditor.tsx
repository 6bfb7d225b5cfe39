import { useRef } from 'react';
import type { ItemField, Source } from '../../../api/contract.ts';
import { Button } from '../../../components/Button.tsx';
import { XPathInput } from '../../../components/XPathInput/XPathInput.tsx';
import { Alternatives } from './Alternatives.tsx';
import { moved, placeOf, replaced, sourcesOf, withoutAt, withSources } from './definition.ts';
import s from './Fields.module.css';
import { sourceFault } from './faults.ts';
import { Transforms } from './Transforms.tsx';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** The sources of a field in the order in which they are tried, each with what is done to it. */
export function FieldEditor({ field }: { field: ItemField }) {
  const texts = useWizardText();
  const text = texts.map;
  const { definition, change, choices, choose, found, faults, rateOf } = useMapping();
  const add = useRef<HTMLButtonElement>(null);
  const sources = sourcesOf(definition, field);
  const from = rateOf(field)?.from ?? [];
  const edit = (next: (sources: Source[]) => Source[], typed: string | null = null) =>
    change(now => withSources(now, field, next(sourcesOf(now, field))), typed);
  return (
    <div className={s.editor}>
      {choices?.target === field && choices.list.length > 1 && (
        <Alternatives
          legend={text.alternatives}
          list={choices.list}
          chosen={sources.some(source => source.xpath === choices.chosen) ? choices.chosen : ''}
          onChoose={choose}
        />
      )}
      <ol className={s.sources}>
        {sources.map((source, n) => {
          const place = placeOf(sources, n);
          const fault = place === null ? undefined : sourceFault(faults, field, place);
          const gave = place === null ? undefined : from[place];
          const detail = fault && texts.fault(fault.detail);
          const wrong = fault && { detail: detail ?? '', column: fault.column ?? null };
          const inTransform = fault?.pointer.includes('/transforms');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a source is its place in the order
            <li key={n} className={s.source}>
              <div className={s.sourceHead}>
                <XPathInput
                  label={text.expression(n + 1)}
                  value={source.xpath}
                  names={found.names}
                  autoFocus={source.xpath === ''}
                  fault={inTransform ? undefined : wrong}
                  onChange={xpath => edit(list => replaced(list, n, { ...source, xpath }), `${field}/${n}`)}
                />
                <span className={s.sourceDeeds}>
                  <span className={s.gives}>{gave !== undefined && text.gives(gave)}</span>
                  {n > 0 && (
                    <Button
                      look="quiet"
                      icon="up"
                      square
                      aria-label={text.up}
                      title={text.up}
                      onClick={() => edit(list => moved(list, n, -1))}
                    />
                  )}
                  <Button
                    look="quiet"
                    icon="close"
                    square
                    aria-label={text.remove}
                    title={text.remove}
                    onClick={() => {
                      edit(list => withoutAt(list, n));
                      add.current?.focus();
                    }}
                  />
                </span>
              </div>
              <Transforms
                field={field}
                source={source}
                fault={inTransform ? detail : undefined}
                onChange={(next, typed) =>
                  edit(list => replaced(list, n, next), typed ? `${field}/${n}/${typed}` : null)
                }
              />
            </li>
          );
        })}
      </ol>
      <Button
        ref={add}
        look="quiet"
        icon="plus"
        className={s.add}
        onClick={() => edit(list => [...list, { xpath: '' }])}
      >
        {sources.length > 0 ? text.addSource : text.addFirst}
      </Button>
    </div>
  );
}

import { useId, useRef, useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import type { Tried } from './Result.tsx';
import s from './Rule.module.css';
import { type Fault, replaced, without } from './rules.ts';
import type { Test } from './shapes.ts';
import { TestLine } from './TestLine.tsx';
import { blankGroup, blankTest } from './tests.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Tests = { of: Schemas['FilterOf']; tests: Test[] };

type Props = {
  legend: string;
  value: Tests;
  /** JSON pointer to the value. */
  at: string;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  /** Whether a group fits in; a group has no groups inside. */
  groups?: boolean;
  onChange: (value: Tests) => void;
};

/** Tests taken together: how many must hold, and each of them. */
export function TestList({ legend, value, at, mapped, faults, groups, onChange }: Props) {
  const text = useFilterText().when;
  const fault = useFault(faults);
  const add = useRef<HTMLButtonElement>(null);
  const [fresh, setFresh] = useState(-1);
  const title = useId();
  const { of, tests } = value;
  const set = (next: Test[]) => onChange({ of, tests: next });
  const append = (test: Test) => {
    setFresh(tests.length);
    set([...tests, test]);
  };
  const remove = (place: number) => {
    setFresh(-1);
    set(without(tests, place));
    add.current?.focus();
  };
  return (
    <div className={s.tests}>
      <Segmented
        legend={legend}
        value={of}
        onChange={next => onChange({ of: next, tests })}
        options={[
          { value: 'any', label: text.of.any },
          { value: 'all', label: text.of.all },
          { value: 'none', label: text.of.none },
        ]}
      />
      {tests.length === 0 && <p className={s.hint}>{of === 'any' ? text.noItem : text.everyItem}</p>}
      <ul className={s.lines}>
        {tests.map((test, place) => {
          const pointer = `${at}/tests/${place}`;
          const common = { at: pointer, mapped, faults };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a test has nothing but its place, and every input is controlled
            <li key={place}>
              {test.test === 'group' ? (
                <fieldset className={s.group} aria-labelledby={`${title}-${place}`}>
                  <div className={s.groupHead}>
                    <span id={`${title}-${place}`}>{text.group}</span>
                    <Button
                      look="quiet"
                      icon="close"
                      square
                      aria-label={text.removeGroup}
                      onClick={() => remove(place)}
                    />
                  </div>
                  {fault(pointer) && <p className={s.error}>{fault(pointer)}</p>}
                  <TestList
                    {...common}
                    legend={text.legend}
                    value={test}
                    onChange={inner => set(replaced(tests, place, { ...test, ...inner }))}
                  />
                </fieldset>
              ) : (
                <TestLine
                  {...common}
                  value={test}
                  fresh={place === fresh}
                  onChange={next => set(replaced(tests, place, next))}
                  onRemove={() => remove(place)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div className={s.deeds}>
        <Button ref={add} look="quiet" icon="plus" onClick={() => append(blankTest())}>
          {text.addTest}
        </Button>
        {groups && (
          <Button look="quiet" icon="plus" onClick={() => append(blankGroup())}>
            {text.addGroup}
          </Button>
        )}
      </div>
    </div>
  );
}

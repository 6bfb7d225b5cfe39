import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { KnownName } from '../../api/contract.ts';
import { cx } from '../../lib/cx.ts';
import { complete, completions } from './complete.ts';
import s from './XPathInput.module.css';

/** What is wrong with an expression, and from which character on. */
export type XPathFault = { detail: string; column: number | null };

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  names: KnownName[];
  fault?: XPathFault | undefined;
  placeholder?: string;
  autoFocus?: boolean;
};

/** An expression written by hand: names of the document are completed, a mistake is pointed at. */
export function XPathInput({ label, value, onChange, names, fault, placeholder, autoFocus }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const [scrolled, setScrolled] = useState(0);
  const offered = caret === null ? [] : completions(names, value, caret);
  const open = offered.length > 0;

  const type = (text: string, at: number) => {
    onChange(text);
    setCaret(at);
    setActive(0);
  };
  const take = (completion: string) => {
    const next = complete(value, caret ?? value.length, completion);
    onChange(next.text);
    setCaret(null);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setCaret(event.currentTarget.selectionStart);
      else setActive((active + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if (open && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault();
      take(offered[active]?.text ?? '');
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setCaret(null);
    }
  };

  return (
    <div className={s.field}>
      <div className={s.box}>
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-controls={`${id}-names`}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${id}-${active}` : undefined}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          className={s.input}
          title={value}
          value={value}
          // biome-ignore lint/a11y/noAutofocus: a new expression is there to be written
          autoFocus={autoFocus}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={event =>
            type(event.target.value, event.target.selectionStart ?? event.target.value.length)
          }
          onKeyDown={onKeyDown}
          onBlur={() => setCaret(null)}
          onScroll={event => setScrolled(event.currentTarget.scrollLeft)}
        />
        {/* Inside the box, so that the names open below it and do not hide it. */}
        {fault && (
          <div id={`${id}-fault`} className={s.fault} role="alert">
            {fault.column !== null && (
              <span className={s.gutter} aria-hidden="true">
                <span className={s.mark} style={{ left: `calc(${fault.column - 1}ch - ${scrolled}px)` }} />
              </span>
            )}
            {fault.detail}
          </div>
        )}
        <div id={`${id}-names`} role="listbox" aria-label={label} className={s.names} hidden={!open}>
          {offered.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input listens to the keys, as the pattern of a combobox asks
            <div
              key={one.text}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={cx(s.name, index === active && s.active)}
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(one.text)}
            >
              {one.text}
              {one.count !== null && <span className={s.count}>{one.count}</span>}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

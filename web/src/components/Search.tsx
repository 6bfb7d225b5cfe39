import { useEffect, useState } from 'react';
import { Icon } from './Icon.tsx';
import s from './Search.module.css';

/** A search field that waits for a pause in the typing. */
export function Search({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (q: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onSearch(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, value, onSearch]);
  return (
    <label className={s.search}>
      <Icon name="search" />
      <span className="hush">{label}</span>
      <input
        type="search"
        value={typed}
        placeholder={label}
        onChange={event => setTyped(event.target.value)}
      />
    </label>
  );
}

import s from './Brand.module.css';

/** The mark: a clarion, its bell to the right, one note leaving it. */
export function Brand({ word = true }: { word?: boolean }) {
  return (
    <span className={s.brand}>
      <img src="/favicon.svg" alt="" width="28" height="28" />
      {word && <span className={s.word}>Klaroen</span>}
    </span>
  );
}

import { useState } from 'react';
import { cx } from '../lib/cx.ts';
import { Icon } from './Icon.tsx';
import s from './Picture.module.css';

type Props = {
  src?: string | null | undefined /** First on the screen, so not lazy. */;
  eager?: boolean;
  small?: boolean;
};

/** A picture in LinkedIn's 1.91:1; a quiet plate when there is none or it does not load. Always decoration. */
export function Picture({ src, eager, small }: Props) {
  const [broken, setBroken] = useState(false);
  return (
    <div className={cx(s.frame, small && s.small)}>
      {src && !broken ? (
        <img
          src={src}
          alt=""
          width="600"
          height="314"
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setBroken(true)}
        />
      ) : (
        <Icon name="image" />
      )}
    </div>
  );
}

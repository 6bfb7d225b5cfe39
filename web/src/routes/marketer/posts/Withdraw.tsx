import { useEffect, useRef } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { cx } from '../../../lib/cx.ts';
import { useMarketerText } from '../texts.ts';
import s from './Posts.module.css';

type Props = {
  post: Schemas['LibraryPost'];
  busy: boolean;
  onStay: () => void;
  onWithdraw: () => void;
};

/** Asks before a post is withdrawn, below its row, and says how many have shared it already. */
export function Withdraw({ post, busy, onStay, onWithdraw }: Props) {
  const text = useMarketerText().posts;
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <fieldset className={cx(l.wide, s.ask)}>
      <legend className="hush">{text.withdrawThis(post.title)}</legend>
      <p>
        {text.withdrawAsk} {post.shares == null ? text.sharedByFew : text.sharedBy(post.shares)}
      </p>
      <div className={s.deeds}>
        <Button ref={stay} onClick={onStay}>
          {text.stayLive}
        </Button>
        <Button look="danger" busy={busy} onClick={onWithdraw}>
          {text.withdraw}
        </Button>
      </div>
    </fieldset>
  );
}

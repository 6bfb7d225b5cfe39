import { Link } from 'wouter';
import type { Schemas } from '../../../api/client.ts';
import { Note } from '../../../components/States.tsx';
import { useMarketerText } from '../texts.ts';

/** That a link is live already in another post; offering it again stays possible. */
export function LiveAlready({ post }: { post: Schemas['Twin'] }) {
  const text = useMarketerText().posts;
  return (
    <Note tone="warn">
      {text.liveAlready}{' '}
      <Link href={`/marketing/posts?state=live&q=${encodeURIComponent(post.title)}`}>{post.title}</Link>
    </Note>
  );
}

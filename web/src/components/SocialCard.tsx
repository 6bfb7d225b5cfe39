import type { ReactNode } from 'react';
import type { Network } from '../lib/networks.ts';
import type { Page } from '../lib/text.ts';
import s from './LinkedInCard.module.css';
import { Author, LinkedInCard } from './LinkedInCard.tsx';
import { Picture } from './Picture.tsx';

type Props = {
  network: Network;
  author: string;
  text: string;
  /** Stands in the place of the text, for editing it where it will be read. */
  editor?: ReactNode | undefined;
  title: string;
  summary?: string | null | undefined;
  domain: string;
  image?: string | null | undefined;
  /** At LinkedIn: the picture itself, with this link below the text. */
  pictureLink?: string | undefined;
  /** The organisation's own page at LinkedIn, which a text may mention. */
  page?: Page | null | undefined;
};

/** A post as the stream of its network shows it. */
export function SocialCard({ network, summary, pictureLink, page, ...post }: Props) {
  if (network === 'mastodon') return <Mastodon {...post} />;
  if (network === 'bluesky') return <Bluesky {...post} summary={summary} />;
  return <LinkedInCard {...post} pictureLink={pictureLink} page={page} />;
}

type Post = Omit<Props, 'network' | 'pictureLink' | 'page'>;

/** The link stands in the text. A picture takes the place of the card that the server makes of the link. */
function Mastodon({ author, text, editor, title, domain, image }: Post) {
  return (
    <article className={s.post}>
      <Author name={author} />
      {editor ?? (text && <p className={s.text}>{text}</p>)}
      <p className={s.text}>
        <span className={s.address}>{domain}/…</span>
      </p>
      {image ? (
        <Picture src={image} />
      ) : (
        <div className={s.card}>
          <p className={s.title}>{title}</p>
          <span className={s.domain}>{domain}</span>
        </div>
      )}
    </article>
  );
}

/** The card holds the link, the headline and the summary; nothing of it stands in the text. */
function Bluesky({ author, text, editor, title, summary, domain, image }: Post) {
  return (
    <article className={s.post}>
      <Author name={author} />
      {editor ?? (text && <p className={s.text}>{text}</p>)}
      {image && <Picture src={image} />}
      <div className={s.card}>
        <p className={s.title}>{title}</p>
        {summary && <p className={s.summary}>{summary}</p>}
        <span className={s.domain}>{domain}</span>
      </div>
    </article>
  );
}

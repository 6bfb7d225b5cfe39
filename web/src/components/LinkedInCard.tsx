import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/index.tsx';
import { fold, type Page, pieces } from '../lib/text.ts';
import s from './LinkedInCard.module.css';
import { Picture } from './Picture.tsx';

type Props = {
  title: string;
  domain: string;
  image?: string | null | undefined;
  /** Who posts; without it only the attached card shows. */
  author?: string;
  text?: string;
  /** The picture itself, with this link below the text, instead of a card. */
  pictureLink?: string | undefined;
  /** The organisation's own page, which a text may mention. */
  page?: Page | null | undefined;
  /** Stands in the place of the text, for editing it where it will be read. */
  editor?: ReactNode | undefined;
};

/** A post as LinkedIn's stream shows it: name, text with its fold, picture 1.91:1, title, domain. */
export function LinkedInCard({ title, domain, image, author, text, editor, pictureLink, page }: Props) {
  return (
    <article className={s.post}>
      {author && <Author name={author} />}
      {editor ?? (text !== undefined && <Folded key={text} text={text} link={pictureLink} page={page} />)}
      {editor && pictureLink && (
        <p className={s.text}>
          <span className={s.linked}>{pictureLink}</span>
        </p>
      )}
      <Picture src={image} />
      {!pictureLink && (
        <div className={s.card}>
          <p className={s.title}>{title}</p>
          <span className={s.domain}>{domain}</span>
        </div>
      )}
    </article>
  );
}

/** Who posts, above the text. */
export function Author({ name }: { name: string }) {
  const texts = useText();
  const initials = name
    .split(/\s+/)
    .map(word => word[0])
    .join('')
    .slice(0, 2);
  return (
    <header className={s.author}>
      <span className={s.face} aria-hidden="true">
        {initials}
      </span>
      <div>
        <p className={s.name}>{name}</p>
        <p className={s.meta}>{texts.share.you}</p>
      </div>
    </header>
  );
}

type FoldedProps = { text: string; link: string | undefined; page: Page | null | undefined };

/** The text with the link below it, of which LinkedIn hides what is too long. */
function Folded({ text, link, page }: FoldedProps) {
  const texts = useText();
  const [open, setOpen] = useState(false);
  const whole = link ? `${text}\n\n${link}` : text;
  const { shown, folded } = fold(whole);
  const seen = open ? whole : shown;
  const linkSeen = link && seen.endsWith(link) ? link : '';
  if (!whole) return null;
  return (
    <p className={s.text}>
      <Linked text={seen.slice(0, seen.length - linkSeen.length)} page={page} />
      {linkSeen && <span className={s.linked}>{linkSeen}</span>}
      {folded && (
        <>
          {' '}
          <button type="button" className={s.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? texts.share.seeLess : texts.share.seeMore}
          </button>
        </>
      )}
    </p>
  );
}

/** Hashtags and mentions in the colour of links, as LinkedIn shows them; a mention loses its sign. */
function Linked({ text, page }: { text: string; page: Page | null | undefined }) {
  return pieces(text, page).map((piece, at) =>
    piece.kind !== 'text' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no names and no state
      <span key={at} className={s.linked}>
        {piece.kind === 'mention' ? piece.text.slice(1) : piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}

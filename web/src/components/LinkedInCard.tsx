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
      {editor ?? (text !== undefined && <Folded key={text} text={text} page={page} />)}
      {pictureLink && (
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

function Folded({ text, page }: { text: string; page: Page | null | undefined }) {
  const texts = useText();
  const [open, setOpen] = useState(false);
  const { shown, folded } = fold(text);
  if (!text) return null;
  return (
    <p className={s.text}>
      <Linked text={open ? text : shown} page={page} />
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

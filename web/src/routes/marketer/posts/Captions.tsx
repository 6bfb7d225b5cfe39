import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../api/client.ts';
import { organisationQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { CharactersLeft } from '../../../components/CharactersLeft.tsx';
import { Area } from '../../../components/Field.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import { useLang } from '../../../i18n/index.tsx';
import { leftOfCaption } from '../../../lib/length.ts';
import { useMarketerText } from '../texts.ts';
import s from './Posts.module.css';

type Caption = Schemas['NewCaption'];

type Props = {
  value: Caption[];
  onChange: (value: Caption[]) => void;
  /** What the server refused at a place of the request, which has no empty captions. */
  at: (pointer: string) => string | undefined;
};

const isWritten = ({ text }: Caption) => text.trim() !== '';

/** Suggested texts, each in its language. */
export function Captions({ value, onChange, at }: Props) {
  const text = useMarketerText().editor;
  const { lang } = useLang();
  const { data: rules } = useQuery(organisationQuery);
  const set = (index: number, part: Partial<Caption>) =>
    onChange(value.map((caption, i) => (i === index ? { ...caption, ...part } : caption)));
  return (
    <fieldset className={s.fields}>
      <legend className="hush">{text.captions}</legend>
      <div>
        <h2>{text.captions}</h2>
        <p className={s.hint}>{text.captionsHint}</p>
      </div>
      {value.map((caption, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a caption being written has nothing but its place
        <div key={index} className={s.caption}>
          <div className={s.captionTop}>
            <Segmented
              quiet
              legend={text.language}
              value={caption.language ?? 'any'}
              onChange={language => set(index, { language: language === 'any' ? null : language })}
              options={[
                { value: 'nl', label: text.languages.nl },
                { value: 'en', label: text.languages.en },
                { value: 'any', label: text.languages.any },
              ]}
            />
            <Button
              look="quiet"
              icon="trash"
              square
              aria-label={text.removeCaption(index + 1)}
              onClick={() => onChange(value.filter((_, i) => i !== index))}
            />
          </div>
          <Area
            label={text.caption(index + 1)}
            value={caption.text}
            error={
              isWritten(caption)
                ? at(`/captions/${value.slice(0, index).filter(isWritten).length}`)
                : undefined
            }
            after={<CharactersLeft left={leftOfCaption(caption.text, rules)} />}
            onChange={event => set(index, { text: event.target.value })}
          />
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...value, { language: lang, text: '' }])}>
        {text.addCaption}
      </Button>
    </fieldset>
  );
}

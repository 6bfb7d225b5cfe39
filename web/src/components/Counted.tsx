import type { ComponentProps } from 'react';
import { useText } from '../i18n/index.tsx';
import { useFormat } from '../lib/format.ts';
import { CharactersLeft } from './CharactersLeft.tsx';
import { Field } from './Field.tsx';

type Props = ComponentProps<typeof Field> & { value: string; longest: number };

/**
 * A text input with a longest length. It says how many characters are left once half of them are used, and takes more
 * all the same, so that what was pasted is never cut without anybody seeing it.
 */
export function Counted({ longest, error, after, ...field }: Props) {
  const text = useText();
  const format = useFormat();
  const left = longest - [...field.value.trim()].length;
  return (
    <Field
      {...field}
      error={left < 0 ? text.tooLong(format.number(longest)) : error}
      after={left < longest / 2 ? <CharactersLeft left={left} /> : after}
    />
  );
}

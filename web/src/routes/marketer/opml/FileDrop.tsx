import { type DragEvent, useId, useRef, useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { cx } from '../../../lib/cx.ts';
import s from './Opml.module.css';
import { useOpmlText } from './texts.ts';

/** A place for a file: dropped on it, or chosen with a button. */
export function FileDrop({ again, onFile }: { again: boolean; onFile: (file: File) => void }) {
  const text = useOpmlText();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setOver(event.type === 'dragover');
    if (event.type === 'drop') take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a mouse's short cut; the button does the same
    <div
      className={cx(s.drop, again && s.small, over && s.over)}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
    >
      {!again && <Icon name="feeds" />}
      {!again && <p>{text.drop}</p>}
      <label htmlFor={id} className="hush">
        {text.file}
      </label>
      <input
        ref={input}
        id={id}
        className="hush"
        tabIndex={-1}
        type="file"
        accept=".opml,.xml,text/xml,text/x-opml,application/xml"
        onChange={event => {
          take(event.target.files);
          // The same file may be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      <Button look={again ? 'outline' : 'primary'} onClick={() => input.current?.click()}>
        {again ? text.other : text.choose}
      </Button>
    </div>
  );
}

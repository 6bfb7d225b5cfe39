import { en } from '../../../i18n/en/opml.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/opml.ts';

const both = { en, nl };

/** The texts of lists of feeds in the reader's language. */
export const useOpmlText = () => useTexts(both);

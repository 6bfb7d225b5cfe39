import { en } from '../../i18n/en/marketer.ts';
import { useTexts } from '../../i18n/index.tsx';
import { nl } from '../../i18n/nl/marketer.ts';

const both = { en, nl };

/** The marketer's texts in the reader's language. */
export const useMarketerText = () => useTexts(both);

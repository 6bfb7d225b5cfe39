import { en } from '../../i18n/en/hr.ts';
import { useTexts } from '../../i18n/index.tsx';
import { nl } from '../../i18n/nl/hr.ts';

const both = { en, nl };

/** The texts of HR in the reader's language. */
export const useHrText = () => useTexts(both);

import { en } from '../../../i18n/en/definitions.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/definitions.ts';

const both = { en, nl };

/** The texts of definitions in the reader's language. */
export const useDefinitionText = () => useTexts(both);

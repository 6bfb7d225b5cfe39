import { en } from '../../../i18n/en/trail.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/trail.ts';

const both = { en, nl };

/** The texts of the trail in the reader's language. */
export const useTrailText = () => useTexts(both);

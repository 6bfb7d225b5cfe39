import { en } from '../../../i18n/en/wizard.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/wizard.ts';

const both = { en, nl };

/** The texts of reading a feed: wizard, mapping, what a change does. */
export const useWizardText = () => useTexts(both);

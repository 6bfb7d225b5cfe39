import { en } from '../../i18n/en/admin.ts';
import { useTexts } from '../../i18n/index.tsx';
import { nl } from '../../i18n/nl/admin.ts';

const both = { en, nl };

/** The admin's texts in the reader's language. */
export const useAdminText = () => useTexts(both);

import { en } from '../../../i18n/en/filters.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/filters.ts';

export type FilterText = typeof en;

const both: { en: FilterText; nl: FilterText } = { en, nl };

/** The texts of filters in the reader's language. */
export const useFilterText = () => useTexts(both);

const PAGES = '/marketing/definitions';

/** The address of a definition's page. */
export const placeOf = (name: string) => `${PAGES}/${encodeURIComponent(name)}`;

/**
 * The name in the address of a definition's page, as the browser has it: the router's own reading of it leaves commas
 * and the like encoded.
 */
export function nameIn(path: string): string {
  try {
    return decodeURIComponent(path.slice(PAGES.length + 1));
  } catch {
    return '';
  }
}

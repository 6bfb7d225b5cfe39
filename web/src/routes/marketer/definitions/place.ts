/** The address of a definition's page. */
export const placeOf = (name: string) => `/marketing/definitions/${encodeURIComponent(name)}`;

/** The first page of a list is asked for without `after`. */
export const firstPage: string | undefined = undefined;

/** Where the next page starts; undefined when this was the last. */
export const nextPage = (page: { next?: string | null | undefined }) => page.next ?? undefined;

type Filled<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out empty filters, so that the address of a request says only what is asked. */
export const only = <T extends Record<string, string | undefined>>(query: T) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as Filled<T>;

/** The host of a link as LinkedIn shows it, without `www.`; empty when it is no address. */
export function domainOf(link: string | null | undefined): string {
  if (!link || !URL.canParse(link)) return '';
  return new URL(link).hostname.replace(/^www\./, '');
}

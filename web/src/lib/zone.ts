/** Local wall time of an instant in a time zone, as `YYYY-MM-DDTHH:MM`, the form of `<input type="datetime-local">`. */
export function toLocal(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.find(part => part.type === type)?.value ?? '';
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`;
}

/**
 * The instant of a local wall time in a time zone. In the hour that daylight saving skips, the time after the
 * skip is meant; in the hour that it repeats, the first of the two.
 */
export function toInstant(local: string, zone: string): Date {
  const wall = Date.parse(`${local}:00Z`);
  const offset = (at: number) => Date.parse(`${toLocal(new Date(at), zone)}:00Z`) - at;
  const day = 86_400_000;
  const candidates = [wall - offset(wall - day), wall - offset(wall + day)];
  const exact = candidates.filter(at => toLocal(new Date(at), zone) === local);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

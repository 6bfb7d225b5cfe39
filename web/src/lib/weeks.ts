/** Weeks by month. A week belongs to the month of its Thursday, as it belongs to the year of its Thursday. */
export function byMonth<T extends { starts_on: string }>(weeks: T[]): { month: string; weeks: T[] }[] {
  const months: { month: string; weeks: T[] }[] = [];
  for (const week of weeks) {
    const thursday = new Date(`${week.starts_on}T00:00:00Z`);
    thursday.setUTCDate(thursday.getUTCDate() + 3);
    const month = `${thursday.toISOString().slice(0, 7)}-01`;
    const last = months.at(-1);
    if (last?.month === month) last.weeks.push(week);
    else months.push({ month, weeks: [week] });
  }
  return months;
}

/** "1–12, 14, 16–20": the numbers of the weeks whose letter is asked for. */
export function ranges(weeks: string, letter: string): string {
  const parts: string[] = [];
  for (let i = 0; i < weeks.length; i++) {
    if (weeks[i] !== letter) continue;
    const from = i + 1;
    while (weeks[i + 1] === letter) i++;
    parts.push(from === i + 1 ? `${from}` : `${from}–${i + 1}`);
  }
  return parts.join(', ');
}

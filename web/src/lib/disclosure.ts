/** What the organisation still adds below a text; null: nothing, or the text ends with it already. */
export function missingLine(text: string, line: string | null | undefined): string | null {
  if (!line) return null;
  const words = text.trimEnd();
  const before = words.endsWith(line) ? words.slice(0, -line.length) : null;
  return before === null || /[\p{Alphabetic}\p{N}]$/u.test(before) ? line : null;
}

/** A text as it goes out: with what the organisation adds below it. */
export const withLine = (text: string, line: string | null | undefined) =>
  line ? [text, line].filter(Boolean).join('\n\n') : text;

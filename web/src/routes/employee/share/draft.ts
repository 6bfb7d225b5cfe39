/** What someone wrote in the share dialog, kept in this tab while LinkedIn asks for permission. */
export type Draft = { text: string; at: string; asPicture: boolean };

const key = (post: string) => `klaroen.draft.${post}`;

export function keepDraft(post: string, draft: Draft) {
  sessionStorage.setItem(key(post), JSON.stringify(draft));
}

/** The kept draft of a post, or null. A draft that cannot be read counts as none. */
export function readDraft(post: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(key(post)) ?? 'null');
    if (typeof draft !== 'object' || !draft || !('text' in draft) || !('at' in draft)) return null;
    return typeof draft.text === 'string' && typeof draft.at === 'string'
      ? { text: draft.text, at: draft.at, asPicture: 'asPicture' in draft && draft.asPicture === true }
      : null;
  } catch {
    return null;
  }
}

export function dropDraft(post: string) {
  sessionStorage.removeItem(key(post));
}

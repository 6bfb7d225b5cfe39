const key = (name: string) => `klaroen.${name}`;

/** What this tab keeps under a name, also after a reload and behind the back button; null when there is nothing. */
export function load<T>(name: string): T | null {
  const kept = sessionStorage.getItem(key(name));
  return kept === null ? null : (JSON.parse(kept) as T);
}

export function keep(name: string, value: unknown) {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // A full store costs only the way back after a reload.
  }
}

export const drop = (name: string) => sessionStorage.removeItem(key(name));

const HOSTS = ['youtube.com', 'music.youtube.com', 'youtube-nocookie.com'];
const PATHS = ['shorts', 'live', 'embed', 'v'];

function idOf(url: URL): string | null | undefined {
  const host = url.hostname.replace(/^(www|m)\./, '');
  const [first = '', second] = url.pathname.slice(1).split('/');
  if (host === 'youtu.be') return first;
  if (!HOSTS.includes(host)) return null;
  if (first === 'watch') return url.searchParams.get('v');
  return PATHS.includes(first) ? second : null;
}

/** The one address of the video at YouTube that a link leads to; null: it leads to none. As the server sends it. */
export function watchAddress(link: string): string | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const id = idOf(url);
  return id && /^[\w-]{11}$/.test(id) ? `https://www.youtube.com/watch?v=${id}` : null;
}

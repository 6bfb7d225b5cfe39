import { useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';

/**
 * One parameter of the address: filters, the open dialog, the chosen year. `''` means absent.
 * Setting replaces the entry of the history, unless `push` asks for one that the back button can leave.
 */
export function useParam(name: string): [string, (value: string, options?: { push?: boolean }) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const set = useCallback(
    (value: string, options?: { push?: boolean }) => {
      const params = new URLSearchParams(window.location.search);
      if (value) params.set(name, value);
      else params.delete(name);
      const text = params.toString();
      // The browser's own path: the router's is decoded, and a name with a percent sign would not survive that.
      const path = window.location.pathname;
      navigate(text ? `${path}?${text}` : path, { replace: !options?.push });
    },
    [name, navigate],
  );
  return [new URLSearchParams(search).get(name) ?? '', set];
}

import { type UseMutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

/** A mutation that runs once at a time: a second click does nothing, even before the button could show that it is busy. */
export function useOnce<Data, Variables = void>(
  options: UseMutationOptions<Data, Error, Variables>,
): UseMutationResult<Data, Error, Variables> {
  const running = useRef(false);
  const mutation = useMutation({
    ...options,
    onSettled: (...settled) => {
      running.current = false;
      return options.onSettled?.(...settled);
    },
  });
  const start = mutation.mutate;
  const mutate: typeof start = useCallback(
    (...given) => {
      if (running.current) return;
      running.current = true;
      start(...given);
    },
    [start],
  );
  return { ...mutation, mutate };
}

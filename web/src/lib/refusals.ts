import { ApiError, type Fault } from '../api/client.ts';
import { useText } from '../i18n/index.tsx';

type Said = Pick<Fault, 'code' | 'detail'>;

/** A refusal in the reader's words, in which `{}` stands for what the server's sentence has in double quotes. */
export const inWords = (problems: Record<string, string>, { code, detail }: Said) =>
  problems[code]?.replace('{}', () => detail.match(/"([^"]*)"/)?.[1] ?? '') ?? detail;

/** What the server refused at a field of the request, or below it. */
export function useRefusals(error: unknown) {
  const { problems } = useText();
  const faults = error instanceof ApiError ? error.fields : [];
  return (pointer: string) => {
    const fault = faults.find(one => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
    return fault && inWords(problems, fault);
  };
}

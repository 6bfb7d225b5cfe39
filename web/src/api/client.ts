import createClient from 'openapi-fetch';
import type { components, paths } from './schema.ts';

/** The nouns of the contract, by name. */
export type Schemas = components['schemas'];

/** A refused request: the RFC 9457 answer of the server, or `offline` when there was none. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Fault[];

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.code = problem.code ?? (status ? `status.${status}` : 'offline');
    this.fields = problem.errors ?? [];
  }
}

/** One wrong field: where it is in the request, and at which character when it is an expression. */
export type Fault = Schemas['FieldError'];

type Problem = { title: string; detail: string; code: string; errors: Fault[] };

export const api = createClient<paths>({ baseUrl: '/api' });

// Mutations carry a header that a foreign page cannot send, and always a JSON body (TRUST A3).
api.use({
  onRequest({ request }) {
    if (request.method === 'GET') return request;
    const headers = new Headers(request.headers);
    headers.set('x-klaroen', '1');
    headers.set('content-type', 'application/json');
    return request.body ? new Request(request, { headers }) : new Request(request, { headers, body: '{}' });
  },
});

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** Awaits an answer and turns every failure into an `ApiError`. */
export async function call<T>(answer: Answer<T>): Promise<T> {
  let result: Awaited<Answer<T>>;
  try {
    result = await answer;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, {});
  }
  if (!result.response.ok) {
    const problem =
      typeof result.error === 'object' && result.error ? (result.error as Partial<Problem>) : {};
    throw new ApiError(result.response.status, problem);
  }
  return result.data as T;
}

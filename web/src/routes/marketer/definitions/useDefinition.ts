import { useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../../api/client.ts';
import { definitionQuery, definitionsQuery } from '../../../api/definitions.ts';
import { changeDefinition, createDefinition } from '../../../api/mapping.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useOnce } from '../../../lib/once.ts';
import { useDefinitionText } from './texts.ts';

/** What can be done with a definition; the lists follow. */
export function useDefinitionActions(name: string) {
  const text = useDefinitionText();
  const show = useToast();
  const client = useQueryClient();
  const said = (words: string) => (detail: Schemas['DefinitionDetail'] | undefined) => {
    show({ text: words });
    if (detail) client.setQueryData(definitionQuery(detail.definition.name).queryKey, detail);
    // The list only: what is gone or has another name must not be asked for again.
    void client.invalidateQueries({ ...definitionsQuery, exact: true });
    void client.invalidateQueries({ queryKey: ['feeds'] });
  };
  return {
    copy: useOnce({
      mutationFn: async (as: string) => {
        const { definition } = await client.fetchQuery(definitionQuery(name));
        return createDefinition({ ...definition, name: as });
      },
      onSuccess: said(text.copied),
    }),
    rename: useOnce({
      mutationFn: async (as: string) => {
        const { definition, version } = await client.fetchQuery({ ...definitionQuery(name), staleTime: 0 });
        const body = { definition: { ...definition, name: as }, version: version ?? 0, accept: false };
        return changeDefinition(name, body);
      },
      onSuccess: said(text.renamed),
    }),
    putBack: useOnce({
      mutationFn: (put: Schemas['DefinitionChange']) => changeDefinition(name, put),
      onSuccess: said(text.isBack),
    }),
    remove: useOnce({
      mutationFn: () => call(api.DELETE('/definitions/{name}', { params: { path: { name } } })),
      onSuccess: said(text.removed),
    }),
  };
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OutlineNode } from '../../../api/contract.ts';
import { searchQuery } from '../../../api/mapping.ts';
import { Failed, Skeleton } from '../../../components/States.tsx';
import type { Row } from '../../../components/XmlTree/rows.ts';
import { type Picked, XmlTree } from '../../../components/XmlTree/XmlTree.tsx';
import s from './Mapping.module.css';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

type Props = {
  q: string;
  onPick: (picked: Picked) => void;
  mark: (node: OutlineNode, attribute: string | null) => ReactNode;
  aiming: boolean;
};

const flat = { dispatch: () => {}, fetchPage: async () => {} };

/** The places in the document that have a word: as good to point at as the tree itself. */
export function Hits({ q, ...tree }: Props) {
  const text = useWizardText().map;
  const { found } = useMapping();
  const { data, error, refetch } = useQuery(searchQuery(found.id, q));
  if (error) return <Failed error={error} onRetry={() => refetch()} />;
  if (!data) {
    return (
      <div className={s.padded}>
        <Skeleton count={3} />
      </div>
    );
  }
  const rows = data.map(
    (node, index): Row => ({
      kind: 'node',
      key: `${node.id}`,
      node,
      run: null,
      open: null,
      level: 1,
      position: index + 1,
      size: data.length,
      parent: null,
    }),
  );
  return (
    <>
      <p className={s.count} role="status">
        {data.length > 0 ? text.hits(data.length) : text.noHits}
      </p>
      {rows.length > 0 && <XmlTree label={text.search} texts={text} rows={rows} outline={flat} {...tree} />}
    </>
  );
}

import type { Schemas } from '../../../api/client.ts';
import { Note } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';

/** Why nothing can be shared yet: no account is connected. */
export function Missing({ linkedin }: { linkedin: Schemas['Connection'] }) {
  const text = useText();
  if (!linkedin.configured) return <Note tone="warn">{text.share.onlyNone}</Note>;
  return <Note>{linkedin.state === 'none' ? text.share.needsConnection : text.share.needsReconnect}</Note>;
}

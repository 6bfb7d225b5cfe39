import type { Schemas } from '../../../api/client.ts';
import { Check } from '../../../components/Field.tsx';
import { useText } from '../../../i18n/index.tsx';
import { type Network, networkName } from '../../../lib/networks.ts';
import s from './ShareDialog.module.css';

type Props = {
  connections: Schemas['Connection'][];
  /** Networks where this post was shared already. */
  there: Network[];
  chosen: Network[];
  onChoose: (chosen: Network[]) => void;
};

/** The networks of this share, among the connected ones. */
export function Choose({ connections, there, chosen, onChoose }: Props) {
  const text = useText();
  const toggle = (network: Network, on: boolean) =>
    onChoose(
      connections
        .map(connection => connection.network)
        .filter(other => (other === network ? on : chosen.includes(other))),
    );
  return (
    <fieldset className={s.networks}>
      <legend className="hush">{text.share.networks}</legend>
      {connections.map(({ network }) => (
        <Check
          key={network}
          label={there.includes(network) ? text.share.there(networkName[network]) : networkName[network]}
          disabled={there.includes(network)}
          checked={chosen.includes(network)}
          onChange={event => toggle(network, event.target.checked)}
        />
      ))}
    </fieldset>
  );
}

import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Menu } from '../../../components/Menu.tsx';
import { useText } from '../../../i18n/index.tsx';
import { handNetworks, type Network, networkName } from '../../../lib/networks.ts';

/** Also where an account can be connected: whoever does not want that shares by hand. */
const menu: Network[] = ['mastodon', 'bluesky', ...handNetworks];

type Props = { title: string; square?: boolean; onChoose: (network: Network) => void };

/** The networks on which people share by hand. */
export function HandMenu({ title, square, onChoose }: Props) {
  const text = useText().hand;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        look="quiet"
        icon="more"
        square={square ?? false}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={square ? text.menuOf(title) : undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {text.menu}
      </Button>
      {anchor && (
        <Menu
          label={text.menu}
          anchor={anchor}
          items={menu.map(network => ({ value: network, label: networkName[network] }))}
          onChoose={network => {
            setAnchor(null);
            onChoose(network);
          }}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

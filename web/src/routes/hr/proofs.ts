import type { Schemas } from '../../api/client.ts';
import { handNetworks, hasNoAddress, type Network } from '../../lib/networks.ts';

type Proofs = Schemas['ProofClass'][];

/** Counting networks where a share cannot be confirmed by a colleague, and a word alone is not enough. */
export const unproven = (networks: Network[], proofs: Proofs): Network[] =>
  proofs.length === 0 || proofs.includes('C') ? [] : networks.filter(hasNoAddress);

/** Counting networks where people share by hand only, while nothing but a connected account is proof. */
export const byHandOnly = (networks: Network[], proofs: Proofs): Network[] =>
  proofs.length === 1 && proofs[0] === 'A'
    ? networks.filter(network => handNetworks.includes(network) && !hasNoAddress(network))
    : [];

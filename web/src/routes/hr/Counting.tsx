import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.ts';
import { Check } from '../../components/Field.tsx';
import type { Rules } from '../../components/ProgramRules.tsx';
import { Note } from '../../components/States.tsx';
import { useLang } from '../../i18n/index.tsx';
import { allNetworks, listed, networkName } from '../../lib/networks.ts';
import s from './PersonPanel.module.css';
import { byHandOnly, unproven } from './proofs.ts';
import { useHrText } from './texts.ts';

const proofs: Schemas['ProofClass'][] = ['A', 'B', 'C'];

/** Adds or removes one, in the order of `all`. */
const toggled = <T,>(all: T[], chosen: T[], one: T, on: boolean) =>
  all.filter(other => (other === one ? on : chosen.includes(other)));

type Props = { rules: Rules; onChange: (part: Partial<Rules>) => void };

/** Which shares count: on which networks, and how well proven. Says so when a choice leaves somebody without a way. */
export function Counting({ rules, onChange }: Props) {
  const text = useHrText().program;
  const { lang } = useLang();
  const { counting_networks: networks, proof_classes: classes } = rules;
  const noAddress = unproven(networks, classes);
  const noAccount = byHandOnly(networks, classes);
  return (
    <>
      <Group title={text.networks} hint={text.networksHint}>
        {allNetworks.map(network => (
          <Check
            key={network}
            label={networkName[network]}
            checked={networks.includes(network)}
            onChange={event =>
              onChange({ counting_networks: toggled(allNetworks, networks, network, event.target.checked) })
            }
          />
        ))}
      </Group>
      {networks.length === 0 && <Note tone="warn">{text.noNetwork}</Note>}
      <Group title={text.proofs} hint={text.proofsHint}>
        {proofs.map(proof => (
          <Check
            key={proof}
            label={text.proof[proof].label}
            hint={text.proof[proof].hint}
            checked={classes.includes(proof)}
            onChange={event =>
              onChange({ proof_classes: toggled(proofs, classes, proof, event.target.checked) })
            }
          />
        ))}
      </Group>
      {classes.length === 0 && <Note tone="warn">{text.noProof}</Note>}
      {classes.length === 1 && classes[0] === 'A' && <Note tone="warn">{text.onlyConnected}</Note>}
      {noAddress.length > 0 && <Note tone="warn">{text.unproven(listed(noAddress, lang))}</Note>}
      {noAccount.length > 0 && <Note tone="warn">{text.byHandOnly(listed(noAccount, lang))}</Note>}
    </>
  );
}

function Group({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className={s.legend}>{title}</legend>
      <p className={s.who}>{hint}</p>
      <div className={s.ticks}>{children}</div>
    </fieldset>
  );
}

import type { Schemas } from '../api/client.ts';
import { useLang, useText } from '../i18n/index.tsx';
import { useFormat } from '../lib/format.ts';
import { listed } from '../lib/networks.ts';
import s from './ProgramRules.module.css';

export type Rules = Pick<
  Schemas['Program'],
  | 'min_per_week'
  | 'counting_networks'
  | 'proof_classes'
  | 'reward_percent'
  | 'cap_cents'
  | 'strictness'
  | 'allowed_misses'
>;

/** The rules of a program in words: what is asked, what it earns, and what counts. */
export function ProgramRules({ rules }: { rules: Rules }) {
  const text = useText().year;
  const { lang } = useLang();
  const format = useFormat();
  return (
    <div className={s.rules}>
      <p className={s.rule}>
        {text.program.rule(rules.min_per_week, listed(rules.counting_networks, lang, 'disjunction'))}{' '}
        {strictness(text.program, rules)}
      </p>
      <p>
        {typeof rules.cap_cents === 'number'
          ? text.program.rewardCap(rules.reward_percent, format.money(rules.cap_cents))
          : text.program.reward(rules.reward_percent)}
      </p>
      <div className={s.proofs}>
        {text.program.proofs}:
        <ul>
          {rules.proof_classes.map(proof => (
            <li key={proof}>{text.proof[proof]}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

type Words = ReturnType<typeof useText>['year']['program'];

function strictness(text: Words, rules: Rules): string {
  if (rules.strictness === 'allowed_misses') return text.misses(rules.allowed_misses);
  return rules.strictness === 'pro_rata' ? text.proRata : text.strict;
}

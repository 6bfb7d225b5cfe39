import type { Transform } from '../../../api/contract.ts';
import { useWizardText } from '../mapping/texts.ts';
import { kindOf, type Parameter, parameterOf } from '../mapping/transforms.ts';
import s from './Definitions.module.css';

/** What is done to what a source finds, step by step, in words. */
export function Steps({ transforms }: { transforms: Transform[] }) {
  const { transforms: names, map } = useWizardText();
  if (transforms.length === 0) return null;
  const words = (parameter: Parameter) => {
    if (parameter === null) return '';
    if (typeof parameter === 'number') return ` ${parameter} ${map.characters}`;
    if (typeof parameter === 'string') return ` “${parameter}”`;
    return ` “${parameter.pattern}” ${map.by} “${parameter.with}”`;
  };
  return (
    <ul className={s.steps}>
      {transforms.map((transform, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has nothing but its place
        <li key={place}>
          <span aria-hidden="true">→ </span>
          {names[kindOf(transform)]}
          {words(parameterOf(transform))}
        </li>
      ))}
    </ul>
  );
}

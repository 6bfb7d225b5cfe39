import { ButtonLink } from '../../components/Button.tsx';
import { Empty } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';

/** No such page. */
export function NotFound() {
  const text = useText();
  return <Dead {...text.notFound} />;
}

/** A page of another role. */
export function NoPermission() {
  const text = useText();
  return <Dead {...text.noPermission} />;
}

function Dead({ title, text: says }: { title: string; text: string }) {
  const text = useText();
  return (
    <>
      <title>{`${title} · Klaroen`}</title>
      <Empty
        icon="info"
        heading="h1"
        title={title}
        action={<ButtonLink href="/">{text.notFound.home}</ButtonLink>}
      >
        {says}
      </Empty>
    </>
  );
}

import type { Schemas } from '../../../api/client.ts';

/** Hands a definition to the browser as a file, as `klaroen map --definition` reads it. */
export function saveAsFile(definition: Schemas['Definition']) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(definition, null, 2)}\n`], { type: 'application/json' }),
  );
  link.download = `${definition.name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

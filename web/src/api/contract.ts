// The nouns of reading a feed by their short names.
import type { Schemas } from './client.ts';

export type Card = Schemas['Card'];
export type Definition = Schemas['Definition'];
export type DefinitionDetail = Schemas['DefinitionDetail'];
export type FieldRate = Schemas['FieldRate'];
export type Filter = Schemas['Filter'];
export type Found = Schemas['Found'];
export type ItemField = Schemas['ItemField'];
export type KnownName = Schemas['KnownName'];
export type Mapped = Schemas['Mapped'];
export type OutlineAttribute = Schemas['OutlineAttribute'];
export type OutlineNode = Schemas['OutlineNode'];
export type OutlinePage = Schemas['OutlinePage'];
export type Source = Schemas['Source'];
export type Suggestion = Schemas['Suggestion'];
export type Transform = Schemas['Transform'];
export type Trial = Schemas['Trial'];

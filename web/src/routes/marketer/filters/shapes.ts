import type { Schemas } from '../../../api/client.ts';

export type Filter = Schemas['Filter'];
export type Rule = Schemas['FilterRule'];
export type Action = Schemas['FilterAction'];
export type Because = Schemas['FilterBecause'];
export type Test = Schemas['FilterTest'];
export type Group = Extract<Test, { test: 'group' }>;
export type Single = Exclude<Test, Group>;

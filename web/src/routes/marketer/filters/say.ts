import { actionKind } from './rules.ts';
import type { Action, Because, Rule, Single, Test } from './shapes.ts';
import { fieldOf, typedOf, xpathOf } from './tests.ts';
import type { FilterText } from './texts.ts';

type Facts = FilterText['facts'];

/** What a sentence needs besides the rule: the words of the language, and the names of topics. */
export type Words = { text: FilterText; topics: ReadonlyMap<string, string> };

/** One thing found in an item, or asked of it. */
type Fact = {
  test: string;
  field?: string | null;
  xpath?: string | null;
  value?: string | null;
  not: boolean;
};

/** A fact as a clause: "the title has the word “vacancy”". */
export function clause(fact: Fact, text: FilterText): string {
  const phrases = text.facts[fact.test as keyof Facts];
  if (!phrases) return fact.test;
  const field = text.fields[(fact.field ?? 'title') as keyof FilterText['fields']] ?? fact.field;
  const where = fact.xpath ? text.xpath(fact.xpath) : field;
  const value = fact.test === 'language-is' ? languageName(fact.value ?? '', text) : (fact.value ?? '');
  return phrases[fact.not ? 1 : 0](where, value);
}

/** The condition of a rule: "If one of these holds: …". */
export function condition({ of, tests }: Rule['when'], text: FilterText): string {
  const say = text.sentence;
  const [first] = tests;
  if (!first) return of === 'any' ? say.no : say.every;
  if (tests.length === 1) return say.one(one(first, of === 'none', text));
  return say[of](tests.map(test => one(test, false, text)));
}

function one(test: Test, not: boolean, text: FilterText): string {
  const say = text.sentence;
  if (test.test !== 'group') return clause(factOf(test, not), text);
  const [first] = test.tests;
  if (!first) return text.sentence.blank;
  if (test.tests.length === 1) return one(first, (test.of === 'none') !== not, text);
  const words = test.tests.map(inner => one(inner, false, text));
  const whole = test.of === 'all' ? say.and(words) : test.of === 'any' ? say.or(words) : say.neither(words);
  return say.group(not ? say.neither([whole]) : whole);
}

/** A test as the fact that it would find. */
export function factOf(test: Single, not = false): Fact {
  const days = 'days' in test && Number.isInteger(test.days) ? String(test.days) : null;
  const language = 'language' in test ? test.language : null;
  const value = typedOf(test) ?? days ?? language;
  return { test: test.test, field: fieldOf(test), xpath: xpathOf(test), value: value || '…', not };
}

/** What a rule does: "leave it out", "topic Vacancies". */
export function actionWords(action: Action, { text, topics }: Words): string {
  if (typeof action === 'string') return text.actions[action];
  if ('set-topic' in action) return text.actions['set-topic'](topicName(action['set-topic'], topics, text));
  if ('set-audience' in action) {
    const teams = action['set-audience'];
    return text.actions['set-audience'](teams.length > 0 ? teams : [text.sentence.blank]);
  }
  return text.actions['set-language'](languageName(action['set-language'], text));
}

/** Why an item is treated as it is: one sentence per rule that applied. */
export function because(reason: Because, words: Words): string {
  const { text } = words;
  const why = text.sentence.and(reason.facts.map(fact => clause(fact, text))) || text.because.everyItem;
  if (reason.code !== 'rule') return text.because[reason.code](why);
  const by = text.because.rule((reason.rule ?? 0) + 1, reason.name ?? null);
  const kind = actionKind(reason.action);
  if (kind === 'drop' || kind === 'keep' || kind === 'hold') return text.because[kind](by, why);
  return text.because.set(actionWords(reason.action, words), by, why);
}

const topicName = (id: string, topics: ReadonlyMap<string, string>, text: FilterText) =>
  id ? (topics.get(id) ?? text.goneTopic) : text.sentence.blank;

const languageName = (code: string, text: FilterText): string =>
  text.languages[code as keyof FilterText['languages']] ?? code;

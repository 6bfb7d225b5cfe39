// What the server says in English about regular expressions, in Dutch; what is not known here stays as it came.
const mistakes: [RegExp, string][] = [
  [/unclosed character class$/, 'een [ wordt niet gesloten'],
  [/unclosed group$/, 'een ( wordt niet gesloten'],
  [/unopened group$/, 'een ) sluit niets'],
  [/unclosed counted repetition$/, 'een { wordt niet gesloten'],
  [/repetition operator missing expression$/, 'voor *, + of ? staat niets dat zich kan herhalen'],
  [/repetition quantifier expects a valid decimal$/, 'tussen { en } hoort een getal'],
  [/invalid repetition count range.*$/, 'bij een herhaling staat het kleinste getal eerst'],
  [/invalid character class range.*$/, 'bij een reeks staat het kleinste teken eerst'],
  [/invalid range boundary.*$/, 'een reeks loopt van een teken tot een teken'],
  [/invalid escape sequence found in character class$/, 'dit kan niet tussen [ en ]'],
  [/incomplete escape sequence.*$/, 'na de laatste \\ hoort nog een teken'],
  [/unrecognized escape sequence$/, 'deze letter betekent niets na een \\'],
  [/unrecognized flag$/, 'deze letter betekent niets na (?'],
  [/look-around, .*$/, 'vooruit- en terugkijken kan hier niet'],
  [/backreferences are not supported$/, 'terugverwijzen naar een groep kan hier niet'],
  [/Unicode property (value )?not found$/, 'deze Unicode-eigenschap bestaat niet'],
  [/exceed the maximum number of nested .*$/, 'er staan te veel haakjes in elkaar'],
  [/the pattern is longer than (\d+) bytes$/, 'het is langer dan $1 bytes'],
  [
    /the pattern would need too much memory; use smaller repetitions$/,
    'het kost te veel geheugen; herhaal minder vaak',
  ],
];

/** What is wrong with a pattern. */
export function mistake(reason: string): string {
  for (const [english, dutch] of mistakes) if (english.test(reason)) return reason.replace(english, dutch);
  return reason;
}

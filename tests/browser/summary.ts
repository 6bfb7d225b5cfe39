import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Ends the output with what failed and why, and one plain line that a machine can read. */
export default class Summary implements Reporter {
  private readonly outcomes = new Map<string, TestResult['status']>();
  private readonly reasons: string[] = [];

  onTestEnd(test: TestCase, result: TestResult) {
    this.outcomes.set(test.id, result.status);
    if (result.status === 'passed' || result.status === 'skipped') return;
    const step = result.steps.findLast(({ error, category }) => error && category === 'test.step')?.title;
    const error = stripVTControlCharacters(result.error?.message ?? result.status).slice(0, 2000);
    this.reasons.push([test.titlePath().slice(1).join(' › '), ...(step ? [step] : []), error].join('\n'));
  }

  printsToStdio() {
    return false;
  }

  onExit() {
    const all = [...this.outcomes.values()];
    const passed = all.filter(status => status === 'passed').length;
    const skipped = all.filter(status => status === 'skipped').length;
    for (const reason of this.reasons) process.stdout.write(`\n${reason}\n`);
    process.stdout.write(`\n${passed} passed, ${all.length - passed - skipped} failed\n`);
    return Promise.resolve();
  }
}

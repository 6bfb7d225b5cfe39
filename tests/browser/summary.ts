import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Ends the output with one plain line that a machine can read. */
export default class Summary implements Reporter {
  private readonly outcomes = new Map<string, TestResult['status']>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.outcomes.set(test.id, result.status);
  }

  printsToStdio() {
    return false;
  }

  onExit() {
    const all = [...this.outcomes.values()];
    const passed = all.filter(status => status === 'passed').length;
    const skipped = all.filter(status => status === 'skipped').length;
    process.stdout.write(`\n${passed} passed, ${all.length - passed - skipped} failed\n`);
    return Promise.resolve();
  }
}

/** The process's variables are not usable. The message lists every fault with its remedy and holds no value. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      [
        'The environment is not valid. Mend these in .env or in the shell:',
        ...faults.map((f) => `  ${f}`),
      ].join('\n'),
    );
    this.name = 'EnvironmentError';
  }
}

/** The application's plugins cannot run together. The message lists every fault with its remedy. */
export class PluginError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(['The plugins are not valid. Mend these:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'PluginError';
  }
}

/** The state file cannot be used. The file is left as it is; the message says where it lies and what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';

  constructor(
    readonly file: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `The local Clerk cannot use ${file}: ${reason}. ` +
        'Repair the file, or delete it to start afresh (accounts made locally are then lost).',
      options,
    );
  }
}

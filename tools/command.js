/** Why a command does nothing: what is wrong, and what to do about it. For people, without a stack. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal';
}

/**
 * Runs a command of the project with its arguments. A refusal is told on standard error and ends the process with status 1.
 * @param {(...words: string[]) => Promise<void>} command
 */
export async function run(command) {
  try {
    await command(...process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

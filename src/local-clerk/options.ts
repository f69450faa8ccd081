/** What the host application tells the local Clerk. */
export interface LocalClerkOptions {
  /** Public origin of the application, e.g. http://localhost:3000; must be a loopback host. */
  origin: string;
  /** The process's variables as given: refused when NODE_ENV is production or any CLERK_ key is set. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Folder of the state file. Default: `.local-clerk` in the working directory. */
  directory?: string;
  /** Where lines for the developer go (codes, unknown calls). Default: console.log, one plain line, no colours. */
  print?: (line: string) => void;
}

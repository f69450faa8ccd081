/** A plugin's part of `/health/ready`. */
export interface PluginHealth {
  /** Resolves while it can serve. @throws Error when not; nobody outside is told why */
  check(): Promise<void>;
}

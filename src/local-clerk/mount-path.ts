/** Where the application mounts the local Clerk. Chosen to be the path at which Clerk's own proxies live. */
export const MOUNT_PATH = '/__clerk';

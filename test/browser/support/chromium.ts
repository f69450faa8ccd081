import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from './chromium-path.js';

/** Starts it so that it behaves as a person's browser does, but cannot find any host except this machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // ClerkJS is quieter in a browser that says it is automated.
      '--disable-blink-features=AutomationControlled',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
    ],
  });
}

import { accessSync, constants } from 'node:fs';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser to test with: the one that `CHROMIUM_PATH` names, else one in a usual place.
 * Is Jest's global setup too, so that a run without a browser ends before it begins.
 * @throws Error that says how to get one
 */
export function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(
      `CHROMIUM_PATH is ${named}, which is no program: name the Chromium or Chrome to test with`,
    );
  }
  const found = USUAL_PLACES.find(isProgram);
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome, and neither is in a usual place. ' +
      'Install one, as by "apt-get install chromium" or "brew install --cask chromium", ' +
      'or set CHROMIUM_PATH to the program.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export default chromiumPath;

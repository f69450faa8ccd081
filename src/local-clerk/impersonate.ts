import { requestImpersonation } from './impersonation.js';

try {
  const { emailAddress, url } = await requestImpersonation(process.argv.slice(2));
  console.log(`open this link to act as ${emailAddress}: ${url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

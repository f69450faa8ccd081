import { EXAMPLE_ID_NAME, EXAMPLE_ID_PATH } from './example-id.js';

interface PageContent {
  /** Goes back unread with the answer. */
  state: string;
  emailAddresses: readonly string[];
  fault?: string;
}

/** The one page of the made-up provider: who are you there? Without a script, and with no style of its own inside. */
export function exampleIdPage({ state, emailAddresses, fault }: PageContent): string {
  const hidden = `<input type="hidden" name="state" value="${escape(state)}">`;
  const people = emailAddresses.map(
    (address) => `<button name="email_address" value="${escape(address)}">${escape(address)}</button>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${EXAMPLE_ID_NAME}</title>
  <link rel="icon" href="${EXAMPLE_ID_PATH}/logo.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${EXAMPLE_ID_PATH}/style.css">
</head>
<body>
  <main>
    <img src="${EXAMPLE_ID_PATH}/logo.svg" alt="" width="40" height="40">
    <h1>Who are you at ${EXAMPLE_ID_NAME}?</h1>
    <p>A made-up provider for development. It believes whatever you say.</p>
    <form method="post" action="${EXAMPLE_ID_PATH}">
      ${hidden}
      ${people.join('\n      ')}
    </form>
    <form method="post" action="${EXAMPLE_ID_PATH}">
      ${hidden}
      <label for="email-address">Somebody else</label>
      <input id="email-address" type="email" name="email_address" placeholder="you@example.com" autocomplete="off" required>
      ${fault ? `<p role="alert">${escape(fault)}</p>` : ''}
      <button class="primary">Continue</button>
    </form>
    <form method="post" action="${EXAMPLE_ID_PATH}">
      ${hidden}
      <button name="cancel" value="yes" class="quiet">Cancel</button>
    </form>
  </main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

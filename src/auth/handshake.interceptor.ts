import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { HandshakeException } from './redirect.exception.js';
import { sessionOf } from './session.js';

/** Plays Clerk's handshakes out before a handler runs, and gives its view the session. */
@Injectable()
export class HandshakeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const session = sessionOf(context.switchToHttp().getRequest<Request>());
    if (!session) throw new Error('No session was resolved: ClerkGuard must run before HandshakeInterceptor');
    if (session.location !== null) throw new HandshakeException(session.location);
    if (session.status === 'handshake') throw new Error('Clerk asks for a handshake but does not say where');
    context.switchToHttp().getResponse<Response>().locals['session'] = session;
    return next.handle();
  }
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { Traffic } from './traffic.js';

/** Where Node.js tells of each answer that was sent, https://nodejs.org/api/diagnostics_channel.html#http. */
const ANSWERED = 'http.server.response.finish';

interface Answered {
  request: Request;
  response: Response;
  server: Server;
}

/**
 * Has each request counted that a handler has answered or that was refused; not files, nor what another application answers
 * that Express has under a path of its own.
 */
@Injectable()
export class TrafficCounter implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly traffic: Traffic,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    subscribe(ANSWERED, this.#count);
  }

  onModuleDestroy(): void {
    unsubscribe(ANSWERED, this.#count);
  }

  readonly #count = (message: unknown): void => {
    const { request, response, server } = message as Answered;
    const isOurs = server === this.host.httpAdapter.getHttpServer() && request.baseUrl === '';
    const isUse = request.route !== undefined || response.statusCode >= 400;
    if (isOurs && isUse) this.traffic.count(response.statusCode);
  };
}

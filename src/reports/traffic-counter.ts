import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Server } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Traffic } from './traffic.js';

/** Where Node.js tells of each answer that was sent, https://nodejs.org/api/diagnostics_channel.html#http. */
const ANSWERED = 'http.server.response.finish';

interface Answered {
  request: Request;
  response: Response;
  server: Server;
}

/** Has each request of this application counted once a handler has answered it, or nothing would. */
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
    if (server !== this.host.httpAdapter.getHttpServer()) return;
    // Files are no use of the application.
    if (request.route !== undefined || response.statusCode >= 400) this.traffic.count(response.statusCode);
  };
}

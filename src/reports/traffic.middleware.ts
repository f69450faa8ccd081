import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Traffic } from './traffic.js';

/** Has each request counted once it is answered. */
@Injectable()
export class TrafficMiddleware implements NestMiddleware {
  constructor(private readonly traffic: Traffic) {}

  use(_request: Request, response: Response, next: NextFunction): void {
    response.on('finish', () => this.traffic.count(response.statusCode));
    next();
  }
}

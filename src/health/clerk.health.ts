import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { SigningKeys } from '../auth/index.js';

/** Ready when sessions can be verified: Clerk's keys are at hand or can be fetched. */
@Injectable()
export class ClerkHealth {
  constructor(
    private readonly indicator: HealthIndicatorService,
    private readonly keys: SigningKeys,
  ) {}

  async check() {
    const clerk = this.indicator.check('clerk');
    try {
      await this.keys.current();
      return clerk.up();
    } catch {
      return clerk.down();
    }
  }
}

import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { setTimeout } from 'node:timers/promises';
import { Plugins, type PluginHealth } from '../plugins/index.js';

/** Milliseconds that a plugin has to say that it can serve. */
const DEADLINE = 2000;

/** Ready when each plugin that says something of its health says yes, in time. */
@Injectable()
export class PluginsHealth {
  constructor(
    private readonly plugins: Plugins,
    private readonly indicator: HealthIndicatorService,
    private readonly moduleRef: ModuleRef,
  ) {}

  checks(): (() => Promise<HealthIndicatorResult>)[] {
    return this.plugins.all.flatMap(({ id, health }) =>
      health ? [() => this.#check(id, this.moduleRef.get(health, { strict: false }))] : [],
    );
  }

  async #check(id: string, health: PluginHealth): Promise<HealthIndicatorResult> {
    const indicator = this.indicator.check(id);
    try {
      await inTime(health.check());
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }
}

async function inTime(check: Promise<void>): Promise<void> {
  const settled = new AbortController();
  const late = setTimeout(DEADLINE, undefined, settled).then(() => {
    throw new Error('too late');
  });
  return Promise.race([check, late]).finally(() => settled.abort());
}

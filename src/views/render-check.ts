import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RENDER_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { TemplateError } from './template.error.js';
import { Templates } from './templates.js';

/** Stops the boot when a handler's `@Render()` names a template that does not exist. */
@Injectable()
export class RenderCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly templates: Templates,
  ) {}

  /** @throws TemplateError */
  onModuleInit(): void {
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      for (const handler of this.scanner.getAllMethodNames(prototype)) {
        const name: unknown = Reflect.getMetadata(RENDER_METADATA, prototype[handler] ?? {});
        if (typeof name === 'string' && !this.templates.has(name)) {
          throw new TemplateError(
            name,
            `does not exist, but ${metatype?.name}.${handler} renders it`,
            `create views/${name}.hbs`,
          );
        }
      }
    }
  }
}

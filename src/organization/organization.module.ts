import { Module } from '@nestjs/common';
import { OrganizationController } from './organization.controller.js';

/** The page of the organisation that somebody acts for. */
@Module({ controllers: [OrganizationController] })
export class OrganizationModule {}

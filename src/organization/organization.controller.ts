import { Controller, Get, Render } from '@nestjs/common';
import { CurrentOrganization, type ActiveOrganization } from '../auth/index.js';

/** Name, members and billing of the active organisation; without one, where to create it. */
@Controller('organization')
export class OrganizationController {
  @Get()
  @Render('organization/organization')
  show(@CurrentOrganization() organization: ActiveOrganization | null) {
    return {
      title: 'Organisation',
      organization: organization && {
        name: organization.slug ?? organization.id,
        role: organization.role,
      },
    };
  }
}

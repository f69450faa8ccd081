import { Controller, Get, Render } from '@nestjs/common';
import { CurrentAuth, CurrentUser, Public, type Auth, type Plan, type SessionUser } from '../auth/index.js';

/** Clerk's pricing table, of the organisation that somebody acts for or of themselves. */
@Public()
@Controller('plans')
export class PlansController {
  @Get()
  @Render('plans/plans')
  show(@CurrentUser() user: SessionUser | null, @CurrentAuth() auth: Auth) {
    return {
      title: 'Plans',
      plan: user?.plan ?? null,
      isOfOrganization: !!user?.plan && auth.has({ plan: `org:${user.plan}` as Plan }),
      payer: user?.orgId ? 'organization' : 'user',
    };
  }
}

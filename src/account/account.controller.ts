import { Controller, Get } from '@nestjs/common';
import { CurrentUser, type SessionUser } from '../auth/index.js';

/** The example of a JSON API: signed-in people, by cookie or `Authorization: Bearer`, asking for themselves. */
@Controller('api/me')
export class AccountController {
  @Get()
  me(@CurrentUser() user: SessionUser) {
    return {
      userId: user.userId,
      sessionId: user.sessionId,
      orgId: user.orgId,
      orgSlug: user.orgSlug,
      orgRole: user.orgRole,
      firstName: user.firstName,
      lastName: user.lastName,
      uid: user.uid,
      plan: user.plan,
      features: user.features,
    };
  }
}

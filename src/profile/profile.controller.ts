import { Controller, Get, Render } from '@nestjs/common';
import { CurrentUser, type SessionUser } from '../auth/index.js';

/** The person who is signed in, as their session tells them. */
@Controller('profile')
export class ProfileController {
  @Get()
  @Render('profile/profile')
  show(@CurrentUser() user: SessionUser) {
    return {
      title: 'Profile',
      user: {
        id: user.userId,
        name: [user.firstName, user.lastName].filter(Boolean).join(' ') || user.userId,
        organization: user.orgId && (user.orgSlug ?? user.orgId),
        role: user.orgRole,
        plan: user.plan,
        signedInAt: user.signedInAt,
      },
    };
  }
}

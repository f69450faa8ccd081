import { Controller, Get, Inject, Query, Render } from '@nestjs/common';
import {
  AUTH_OPTIONS,
  CurrentAuth,
  CurrentUser,
  Public,
  returnPath,
  type Auth,
  type AuthOptions,
  type Plan,
  type SessionUser,
} from '../auth/index.js';

/** The site's pages. Each handler returns its view model field by field; the layout has the session by itself. */
@Controller()
export class PagesController {
  constructor(@Inject(AUTH_OPTIONS) private readonly auth: AuthOptions) {}

  @Public()
  @Get()
  @Render('pages/home')
  home(@CurrentUser() user: SessionUser | null) {
    return { title: 'Home', user: user && summary(user) };
  }

  @Public()
  @Get('plans')
  @Render('pages/plans')
  plans(@CurrentUser() user: SessionUser | null, @CurrentAuth() auth: Auth) {
    return {
      title: 'Plans',
      plan: user?.plan ?? null,
      isOfOrganization: !!user?.plan && auth.has({ plan: `org:${user.plan}` as Plan }),
      payer: user?.orgId ? 'organization' : 'user',
    };
  }

  @Get('profile')
  @Render('pages/profile')
  profile(@CurrentUser() user: SessionUser) {
    return { title: 'Profile', user: summary(user) };
  }

  @Public()
  @Get('sign-in')
  @Render('pages/sign-in')
  signIn(@Query('redirect_url') redirectUrl: unknown) {
    return { title: 'Sign in', returnPath: returnPath(redirectUrl, this.auth.appUrl) };
  }

  @Public()
  @Get('sign-up')
  @Render('pages/sign-up')
  signUp(@Query('redirect_url') redirectUrl: unknown) {
    return { title: 'Sign up', returnPath: returnPath(redirectUrl, this.auth.appUrl) };
  }
}

function summary(user: SessionUser) {
  return {
    id: user.userId,
    uid: user.uid,
    firstName: user.firstName ?? user.userId,
    name: [user.firstName, user.lastName].filter(Boolean).join(' ') || user.userId,
    organization: user.orgId && (user.orgSlug ?? user.orgId),
    role: user.orgRole,
    plan: user.plan,
    features: user.features,
    signedInAt: user.signedInAt,
  };
}

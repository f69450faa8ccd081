import { Controller, Get, Inject, Query, Render } from '@nestjs/common';
import { AUTH_OPTIONS, Public, returnPath, type AuthOptions } from '../auth/index.js';

/** Where Clerk's components for signing in and up are mounted. Afterwards they lead back to a path of this origin only. */
@Public()
@Controller()
export class SignInController {
  constructor(@Inject(AUTH_OPTIONS) private readonly auth: AuthOptions) {}

  @Get('sign-in')
  @Render('sign-in/sign-in')
  signIn(@Query('redirect_url') redirectUrl: unknown) {
    return { title: 'Sign in', returnPath: returnPath(redirectUrl, this.auth.appUrl) };
  }

  @Get('sign-up')
  @Render('sign-in/sign-up')
  signUp(@Query('redirect_url') redirectUrl: unknown) {
    return { title: 'Sign up', returnPath: returnPath(redirectUrl, this.auth.appUrl) };
  }
}

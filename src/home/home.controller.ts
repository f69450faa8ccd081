import { Controller, Get, Render } from '@nestjs/common';
import { CurrentUser, Public, type SessionUser } from '../auth/index.js';

/** The home page: what the application is, or a greeting to whoever is signed in. */
@Public()
@Controller()
export class HomeController {
  @Get()
  @Render('home/home')
  show(@CurrentUser() user: SessionUser | null) {
    return {
      title: 'Home',
      user: user && {
        firstName: user.firstName ?? user.userId,
        plan: user.plan,
        features: user.features,
      },
    };
  }
}

import { Controller, Get, Render } from '@nestjs/common';
import { CurrentUser, Public, type SessionUser } from '../../src/auth/index.js';
import { Plugin } from '../../src/plugins/index.js';

@Controller()
class TestPagesController {
  @Public()
  @Get('open')
  @Render('test-pages/page')
  open(@CurrentUser() user: SessionUser | null) {
    return testPage('Open', user);
  }

  @Get('closed')
  @Render('test-pages/page')
  closed(@CurrentUser() user: SessionUser) {
    return testPage('Closed', user);
  }
}

/** Pages for tests that need one, whichever the application has: `/open` for everybody, `/closed` for signed-in people. */
@Plugin({
  id: 'test-pages',
  nav: [
    { label: 'Open', path: '/open', icon: 'icons.svg#box', order: 1 },
    { label: 'Closed', path: '/closed', order: 2, when: 'signed-in' },
  ],
  views: 'test/support/views',
  controllers: [TestPagesController],
})
export class TestPagesModule {}

/** What the template shows of a person: everything that a session tells of them. */
function testPage(title: string, user: SessionUser | null) {
  return {
    title,
    user: user && {
      id: user.userId,
      uid: user.uid,
      name: [user.firstName, user.lastName].filter(Boolean).join(' ') || user.userId,
      organization: user.orgSlug,
      role: user.orgRole,
      plan: user.plan,
      features: user.features,
      signedInAt: user.signedInAt,
    },
  };
}

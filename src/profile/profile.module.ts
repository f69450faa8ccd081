import { Plugin } from '../plugins/index.js';
import { ProfileController } from './profile.controller.js';

/** What the session tells of a person, and their account's settings. */
@Plugin({
  id: 'profile',
  nav: { label: 'Profile', path: '/profile', icon: 'icons.svg#person', order: 30, when: 'signed-in' },
  views: 'views/profile',
  controllers: [ProfileController],
})
export class ProfileModule {}

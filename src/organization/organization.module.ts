import { Plugin } from '../plugins/index.js';
import { OrganizationController } from './organization.controller.js';

/** The page of the organisation that somebody acts for. */
@Plugin({
  id: 'organization',
  nav: {
    label: 'Organisation',
    path: '/organization',
    icon: 'icons.svg#team',
    order: 40,
    when: 'signed-in',
  },
  views: 'views/organization',
  controllers: [OrganizationController],
})
export class OrganizationModule {}

import { Plugin } from '../plugins/index.js';
import { PlansController } from './plans.controller.js';

/** Plans and prices. */
@Plugin({
  id: 'plans',
  nav: { label: 'Plans', path: '/plans', icon: 'icons.svg#plan', order: 20 },
  views: 'views/plans',
  controllers: [PlansController],
})
export class PlansModule {}

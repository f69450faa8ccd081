import { Plugin } from '../plugins/index.js';
import { ReportsApiController } from './reports-api.controller.js';
import { ReportsController } from './reports.controller.js';
import { Traffic } from './traffic.js';
import { TrafficCounter } from './traffic-counter.js';

/** How much the application is used, as a page, as a file and as JSON, each for those who may see it. */
@Plugin({
  id: 'reports',
  nav: {
    label: 'Reports',
    path: '/reports',
    icon: 'icons.svg#chart',
    order: 50,
    when: { feature: 'reports' },
  },
  views: 'views/reports',
  assets: 'public/assets/reports',
  features: ['reports'],
  permissions: ['org:reports:export'],
  scopes: ['reports:read'],
  controllers: [ReportsController, ReportsApiController],
  providers: [Traffic, TrafficCounter],
})
export class ReportsModule {}

import { Plugin } from '../plugins/index.js';
import { HomeController } from './home.controller.js';

/** What visitors see first. */
@Plugin({
  id: 'home',
  nav: { label: 'Home', path: '/', icon: 'icons.svg#home', order: 10 },
  views: 'views/home',
  controllers: [HomeController],
})
export class HomeModule {}

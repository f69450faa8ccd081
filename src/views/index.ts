export { Assets } from './assets.js';
export type { Locals } from './layout-data.js';
export { Views } from './views.js';
export { ViewsModule } from './views.module.js';

export { bodyCheck, bodyFault } from './body-check.js';
export { csrfCheck } from './csrf-check.js';
export { ErrorFilter } from './error.filter.js';
export { hostCheck } from './host-check.js';
export { HttpModule } from './http.module.js';
export { refuseTunnel, requestCheck } from './request-check.js';
export { requestLog } from './request-log.js';
export { securityHeaders } from './security-headers.js';
export { staticFiles } from './static-files.js';

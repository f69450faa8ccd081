export { AppLogger } from './app.logger.js';
export { captureConsole } from './console.js';

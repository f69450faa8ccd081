export { ConfigModule } from './config.module.js';
export { Environment } from './environment.js';
export { EnvironmentError } from './environment.error.js';
export { loadEnvironment, processVariables } from './load-environment.js';

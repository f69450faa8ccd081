export type { OpenClerkStandIn } from './clerk-stand-in.js';
export { ConfigModule } from './config.module.js';
export { Environment } from './environment.js';
export { EnvironmentError } from './environment.error.js';
export { loadEnvironment, processVariables, type EnvironmentClass } from './load-environment.js';
export { project, PROJECT_ROOT } from './project.js';
export { transformer } from './class-transformer.js';
export { validator } from './class-validator.js';

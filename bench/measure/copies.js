import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFiles } from '../../tools/project-files.js';
import { KIT } from '../candidates.js';
import { temporaryFolder } from '../process/temporary.js';

/**
 * A copy of the project in a temporary folder, changed and built.
 * @param {(folder: string) => Promise<void>} change
 * @returns {Promise<{ program: string, cwd: string }>}
 */
export async function builtCopy(change) {
  const folder = temporaryFolder();
  const files = (await projectFiles(KIT)).filter((path) => !path.startsWith('bench/'));
  for (const path of files) await cp(join(KIT, path), join(folder, path));
  await symlink(join(KIT, 'node_modules'), join(folder, 'node_modules'));
  await change(folder);
  await leaveTypesUnchecked(folder);
  await perform(folder, 'npx', 'nest', 'build');
  return { program: join(folder, 'dist', 'main.js'), cwd: folder };
}

/**
 * Saves half of the build's time: the types of what was copied have been checked where it comes from.
 * @param {string} folder
 */
async function leaveTypesUnchecked(folder) {
  const path = join(folder, 'tsconfig.json');
  const source = await readFile(path, 'utf8');
  await writeFile(path, source.replace('"compilerOptions": {', '$& "noCheck": true,'));
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {string} text
 */
export async function write(folder, path, text) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/**
 * Adds modules at the end of the application's list.
 * @param {string} folder
 * @param {readonly { name: string, file: string }[]} modules
 */
export async function addModules(folder, modules) {
  const path = join(folder, 'src/app.module.ts');
  const imports = modules.map(({ name, file }) => `import { ${name} } from '${file}';\n`).join('');
  const names = modules.map(({ name }) => `    ${name},\n`).join('');
  const source = await readFile(path, 'utf8');
  const changed = source.replace(/^ {2}\],\n\}\)\nexport class AppModule/m, `${names}$&`);
  if (changed === source) throw new Error('src/app.module.ts has no list of modules where one is expected');
  await writeFile(path, imports + changed);
}

/**
 * Runs a program to its end.
 * @param {string} cwd
 * @param {string} program
 * @param {string[]} words
 * @returns {Promise<void>}
 */
export function perform(cwd, program, ...words) {
  return new Promise((done, fail) => {
    const parts = /** @type {Buffer[]} */ ([]);
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('error', fail);
    child.on('close', (status) => {
      if (status === 0) return done();
      return fail(
        new Error(`${program} ${words.join(' ')}: ${Buffer.concat(parts).toString().slice(-2000)}`),
      );
    });
  });
}
